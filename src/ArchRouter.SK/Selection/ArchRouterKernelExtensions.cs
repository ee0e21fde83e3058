using ArchRouter;
using ArchRouter.SK;

namespace Microsoft.SemanticKernel;

/// <summary>What an application can tell the router about a call, and where it reads the decision.</summary>
/// <remarks>
/// What stands in arguments counts only if these methods put it there: where a model calls a prompt function as a tool, it writes the
/// function's arguments, and must not choose its own table or limits.
/// </remarks>
public static class ArchRouterKernelExtensions
{
    /// <summary>Has this call routed by a named table, for example a team's or a tenant's.</summary>
    /// <param name="arguments">The call's arguments; changed.</param>
    /// <param name="tableName">The table's name.</param>
    /// <exception cref="ArgumentException">The name is null, empty or white space.</exception>
    public static KernelArguments WithRouteTable(this KernelArguments arguments, string tableName) => With(arguments, RequestHints.Table, tableName);

    /// <summary>Has this call routed by policies that it brings along.</summary>
    /// <param name="arguments">The call's arguments; changed.</param>
    /// <param name="table">The table; its targets are resolved when they are chosen.</param>
    public static KernelArguments WithRouteTable(this KernelArguments arguments, RouteTable table) => With(arguments, RequestHints.Table, table);

    /// <summary>Says which agent makes this call, for rules, for the table's limits of agents and for telemetry.</summary>
    /// <param name="arguments">The call's arguments; changed.</param>
    /// <param name="agentName">The agent's name.</param>
    /// <exception cref="ArgumentException">The name is null, empty or white space.</exception>
    public static KernelArguments WithAgentName(this KernelArguments arguments, string agentName) => With(arguments, RequestHints.Agent, agentName);

    /// <summary>Limits this call to some of its table's policies: the others are not looked at. Rules and the fallback still count.</summary>
    /// <param name="arguments">The call's arguments; changed.</param>
    /// <param name="names">
    /// The names of the policies; copied, case does not matter. Names that the table does not have allow nothing; without any name, only rules
    /// and the fallback are left. Where the kernel is limited or the table limits the agent too, all limits hold.
    /// </param>
    /// <exception cref="ArgumentException">A name is null, empty or white space.</exception>
    public static KernelArguments WithAllowedPolicies(this KernelArguments arguments, params IEnumerable<string> names) =>
        With(arguments, RequestHints.Allowed, PolicyNames.Copy(names));

    /// <summary>Has every call of this kernel routed by a named table, unless a call's arguments say otherwise.</summary>
    /// <param name="kernel">The kernel; its <see cref="Kernel.Data"/> is changed. Clone it first where it is shared.</param>
    /// <param name="tableName">The table's name.</param>
    /// <exception cref="ArgumentException">The name is null, empty or white space.</exception>
    public static Kernel WithRouteTable(this Kernel kernel, string tableName) => With(kernel, RequestHints.Table, tableName);

    /// <summary>Says which agent makes the calls of this kernel, for rules, for the table's limits of agents and for telemetry.</summary>
    /// <param name="kernel">The kernel; its <see cref="Kernel.Data"/> is changed. Clone it first where it is shared.</param>
    /// <param name="agentName">The agent's name.</param>
    /// <exception cref="ArgumentException">The name is null, empty or white space.</exception>
    public static Kernel WithAgentName(this Kernel kernel, string agentName) => With(kernel, RequestHints.Agent, agentName);

    /// <summary>Limits every call of this kernel to some of its table's policies. A call's arguments can only narrow that.</summary>
    /// <param name="kernel">The kernel; its <see cref="Kernel.Data"/> is changed. Clone it first where it is shared.</param>
    /// <param name="names">The names of the policies; see <see cref="WithAllowedPolicies(KernelArguments, IEnumerable{string})"/>.</param>
    /// <exception cref="ArgumentException">A name is null, empty or white space.</exception>
    public static Kernel WithAllowedPolicies(this Kernel kernel, params IEnumerable<string> names) =>
        With(kernel, RequestHints.Allowed, PolicyNames.Copy(names));

    /// <summary>The routing decision behind a function's result, or <see langword="null"/> when the call was not routed.</summary>
    /// <param name="result">The result.</param>
    public static RoutingDecision? GetRoutingDecision(this FunctionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Find(result.Metadata) ?? result.GetValue<object>() switch
        {
            Extensions.AI.ChatResponse response => Extensions.AI.ArchRouterChatResponseExtensions.GetRoutingDecision(response),
            KernelContent content => Find(content.Metadata),
            _ => null,
        };
    }

    /// <summary>The routing decision behind a message, or <see langword="null"/> when it was not routed.</summary>
    /// <param name="content">The message.</param>
    public static RoutingDecision? GetRoutingDecision(this KernelContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Find(content.Metadata);
    }

    /// <summary>The routing decision behind a stream; the first update carries it, later ones give <see langword="null"/>.</summary>
    /// <param name="content">The update.</param>
    public static RoutingDecision? GetRoutingDecision(this StreamingKernelContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Find(content.Metadata);
    }

    private static RoutingDecision? Find(IReadOnlyDictionary<string, object?>? metadata) =>
        metadata is not null && metadata.TryGetValue(RoutingDecision.MetadataKey, out object? value) ? value as RoutingDecision : null;

    private static KernelArguments With(KernelArguments arguments, string key, object value)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ThrowIfEmpty(value);
        RequestHints.Set(arguments, key, value);
        return arguments;
    }

    private static Kernel With(Kernel kernel, string key, object value)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ThrowIfEmpty(value);
        kernel.Data[key] = value;
        return kernel;
    }

    private static void ThrowIfEmpty(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value is string name)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(value));
        }
    }
}
