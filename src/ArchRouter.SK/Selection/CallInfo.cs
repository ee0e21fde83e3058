using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>What the selector knows of a call before its prompt is rendered; the routed service takes it along.</summary>
/// <param name="FunctionName">The kernel function's name, or null when it is a generated one.</param>
/// <param name="PluginName">The function's plugin.</param>
/// <param name="Arguments">The call's arguments.</param>
internal sealed record CallInfo(string? FunctionName, string? PluginName, KernelArguments? Arguments)
{
    public static readonly CallInfo None = new(null, null, null);

    public static CallInfo Of(KernelFunction function, KernelArguments arguments) =>
        new(GivenName(function.Name), function.PluginName, arguments);

    /// <summary>Semantic Kernel calls nameless functions <c>Function_</c> or <c>InvokePromptAsync_</c> and 32 hex digits, new on every call.</summary>
    private static string? GivenName(string name)
    {
        int underscore = name.LastIndexOf('_');
        return underscore >= 0 && name.AsSpan(0, underscore) is "Function" or "InvokePromptAsync" or "InvokePromptStreamingAsync" && Guid.TryParseExact(name.AsSpan(underscore + 1), "N", out _)
            ? null
            : name;
    }
}
