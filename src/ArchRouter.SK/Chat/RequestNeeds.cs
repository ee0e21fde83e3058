using System.Text.Json;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>What a call needs of its target, as its settings tell.</summary>
internal static class RequestNeeds
{
    public static TargetCapabilities Of(PromptExecutionSettings? settings, Kernel? kernel)
    {
        if (settings is null)
        {
            return TargetCapabilities.None;
        }

        TargetCapabilities needs = TargetCapabilities.None;
        if (SettingsProperties.ToolCallBehavior(settings) is not null || (settings.FunctionChoiceBehavior is not null && kernel is { Plugins.Count: > 0 }))
        {
            needs |= TargetCapabilities.Tools;
        }

        if (IsSchema(SettingsProperties.Get(settings, "response_format")))
        {
            needs |= TargetCapabilities.StructuredOutput;
        }

        return needs;
    }

    /// <summary>"text" and "json_object" are plain modes; anything richer than a word is a schema.</summary>
    private static bool IsSchema(object? responseFormat) => responseFormat is not (null or string or JsonElement { ValueKind: JsonValueKind.String or JsonValueKind.Null });
}
