using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>
/// Puts what only its own connector reads in a request's settings, how tools are called and which format an answer has, into words that
/// the target reads. What there are no such words for is logged, once for each target.
/// </summary>
internal sealed class PortableSettings(ILogger logger)
{
    private const string ResponseFormat = "response_format";
    private readonly ConcurrentDictionary<(Type Settings, string Name, string ServiceId), bool> _logged = new();

    /// <summary>The settings that say the same to the target's service: the caller's own object where it can read that.</summary>
    public PromptExecutionSettings? For(RouteTarget target, object service, PromptExecutionSettings? requested, Kernel? kernel)
    {
        if (requested is null || !ConnectorSettings.AreTranslated(requested.GetType(), service.GetType().Assembly))
        {
            return requested;
        }

        object? behavior = requested.FunctionChoiceBehavior is null ? SettingsProperties.ToolCallBehavior(requested) : null;
        List<(string Name, object Value)> own = [.. SettingsProperties.NotPlain(requested)];

        // Semantic Kernel's adapter writes settings as JSON itself; a type or a format of OpenAI's cannot be written so.
        bool unreadable = ConnectorSettings.IsSemanticKernel(service.GetType().Assembly) ? own.Exists(s => s.Name == ResponseFormat) : own.Count > 0;
        return behavior is null && !unreadable ? requested : Translate(target, service, requested, kernel, behavior, own);
    }

    private PromptExecutionSettings Translate(
        RouteTarget target, object service, PromptExecutionSettings requested, Kernel? kernel, object? behavior, List<(string Name, object Value)> own)
    {
        Dictionary<string, object> data = SettingsProperties.ReadAll(requested);
        PromptExecutionSettings settings = new() { ExtensionData = data, FunctionChoiceBehavior = requested.FunctionChoiceBehavior };
        if (behavior is not null)
        {
            if (ToolCallBehaviors.TryTranslate(behavior, kernel, out FunctionChoiceBehavior? choice))
            {
                settings.FunctionChoiceBehavior = choice;
            }
            else
            {
                LogLost(nameof(SettingsProperties.ToolCallBehavior));
            }
        }

        foreach ((string name, object value) in own)
        {
            if (name == ResponseFormat && ConnectorSettings.TakesSchemas(service.GetType().Assembly) && ResponseFormats.Translate(value) is { } format)
            {
                data[name] = format;
            }
            else
            {
                LogLost(name);
            }
        }

        return settings;

        void LogLost(string name)
        {
            if (_logged.TryAdd((requested.GetType(), name, target.ServiceId), true))
            {
                Log.SettingLost(logger, name, requested.GetType().Name, target.ServiceId);
            }
        }
    }
}
