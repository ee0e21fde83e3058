using System.Reflection;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>
/// Says a connector's own <c>ToolCallBehavior</c> as <see cref="FunctionChoiceBehavior"/>. OpenAI's, Gemini's and Mistral's are classes of their
/// own with the same names.
/// </summary>
internal static class ToolCallBehaviors
{
    /// <summary>Translates the two behaviours that offer all of the kernel's functions. Those that name functions tell nobody which.</summary>
    /// <param name="behavior">The connector's object.</param>
    /// <param name="kernel">The call's kernel.</param>
    /// <param name="choice">The same behaviour; null where that is to offer nothing.</param>
    /// <returns>Whether there is the same behaviour.</returns>
    public static bool TryTranslate(object behavior, Kernel? kernel, out FunctionChoiceBehavior? choice)
    {
        bool autoInvoke = IsThe(behavior, "AutoInvokeKernelFunctions");
        bool known = autoInvoke || IsThe(behavior, "EnableKernelFunctions");

        // Without a kernel connectors offer no function, where FunctionChoiceBehavior would refuse the call.
        choice = known && kernel is not null ? FunctionChoiceBehavior.Auto(autoInvoke: autoInvoke) : null;
        return known;
    }

    /// <summary>Some connectors make these anew each time they are asked for, so they are told by kind and text.</summary>
    private static bool IsThe(object behavior, string name) =>
        behavior.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy)?.GetValue(null) is { } known
        && known.GetType() == behavior.GetType() && known.ToString() == behavior.ToString();
}
