using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>What a call needs of its target, as its settings tell.</summary>
internal static class RequestNeeds
{
    public static TargetCapabilities Of(PromptExecutionSettings? settings, Kernel? kernel)
    {
        TargetCapabilities needs = TargetCapabilities.None;
        if (settings?.FunctionChoiceBehavior is not null && kernel is { Plugins.Count: > 0 })
        {
            needs |= TargetCapabilities.Tools;
        }

        // "text" and "json_object" are plain modes; anything richer than a word is a schema.
        if (settings is not null && SettingsProperties.Get(settings, "response_format") is not (null or string))
        {
            needs |= TargetCapabilities.StructuredOutput;
        }

        return needs;
    }
}
