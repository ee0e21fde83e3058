using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>Reads the settings of a call the way Semantic Kernel does: those of the arguments replace the function's.</summary>
internal static class RequestedSettings
{
    public static IReadOnlyDictionary<string, PromptExecutionSettings>? Of(KernelFunction function, KernelArguments arguments) =>
        arguments.ExecutionSettings ?? function.ExecutionSettings;

    /// <summary>The settings for whatever service is chosen, or null. The caller's own instance: filters must see it.</summary>
    public static PromptExecutionSettings? Default(IReadOnlyDictionary<string, PromptExecutionSettings>? settings)
    {
        if (settings is not null)
        {
            foreach ((string key, PromptExecutionSettings value) in settings)
            {
                if (IsDefault(key))
                {
                    return value;
                }
            }
        }

        return null;
    }

    /// <summary>The service ids that the call names, in order.</summary>
    public static IEnumerable<string> ServiceIds(IReadOnlyDictionary<string, PromptExecutionSettings>? settings) =>
        settings is null ? [] : settings.Keys.Where(key => !IsDefault(key));

    /// <summary>The model ids that the call names, in order.</summary>
    public static IEnumerable<string> ModelIds(IReadOnlyDictionary<string, PromptExecutionSettings>? settings) =>
        settings is null ? [] : settings.Values.Select(s => s.ModelId).OfType<string>().Where(id => id.Length > 0);

    public static bool IsDefault(string? serviceId) =>
        string.IsNullOrEmpty(serviceId) || string.Equals(serviceId, PromptExecutionSettings.DefaultServiceId, StringComparison.OrdinalIgnoreCase);
}
