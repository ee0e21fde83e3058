using System.Reflection;
using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>Tells whether a target's chat client has tools of its own, which run unseen.</summary>
internal static class TargetTools
{
    // Known by name, which keeps Microsoft.Extensions.AI out of the core's dependencies.
    private static readonly PropertyInfo? OfInvoker =
        Type.GetType("Microsoft.Extensions.AI.FunctionInvokingChatClient, Microsoft.Extensions.AI", throwOnError: false)?.GetProperty("AdditionalTools");

    /// <summary>
    /// Whether the client may run functions that no request brings along. They cannot be noted when they run, so it has to be taken that
    /// they did.
    /// </summary>
    public static bool MayRunUnseen(IChatClient client) =>
        OfInvoker?.DeclaringType is { } invoker
        && client.GetService(invoker) is { } invoking
        && OfInvoker.GetValue(invoking) is IEnumerable<AITool> tools
        && tools.OfType<AIFunction>().Any();
}
