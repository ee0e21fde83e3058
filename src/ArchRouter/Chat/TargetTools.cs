using System.Reflection;
using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>Tells what a target's chat client does with tools, as far as it shows.</summary>
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
        InvokerOf(client) is { } invoking && OfInvoker!.GetValue(invoking) is IEnumerable<AITool> tools && AnyRuns(tools);

    /// <summary>
    /// Whether the client's function invoker is of a type of its own. It may take functions of its own kind only, as Semantic Kernel's does,
    /// so functions that are noted would break it.
    /// </summary>
    public static bool HasInvokerOfItsOwn(IChatClient client) =>
        InvokerOf(client) is { } invoking && invoking.GetType() != OfInvoker!.DeclaringType;

    /// <summary>Whether any of the tools is a function that can be run here, rather than only declared.</summary>
    public static bool AnyRuns(IEnumerable<AITool> tools) => tools.OfType<AIFunction>().Any();

    private static object? InvokerOf(IChatClient client) =>
        OfInvoker?.DeclaringType is { } invoker ? TargetClients.TryGetService(client, invoker) : null;
}
