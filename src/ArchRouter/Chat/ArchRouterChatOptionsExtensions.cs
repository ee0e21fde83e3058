using ArchRouter;

namespace Microsoft.Extensions.AI;

/// <summary>Tells a <see cref="RoutedChatClient"/> how to route one request.</summary>
/// <remarks>
/// Hints travel in <see cref="ChatOptions.AdditionalProperties"/>, so they pass through middleware and agents; the routed client removes
/// them before it forwards the options. To name the target itself, set <see cref="ChatOptions.ModelId"/> to its service id.
/// </remarks>
public static class ArchRouterChatOptionsExtensions
{
    /// <summary>The additional property that holds a table's name or a <see cref="RouteTable"/>.</summary>
    public const string RouteTableKey = "archrouter.table";

    /// <summary>The additional property that holds the name of the calling agent.</summary>
    public const string AgentNameKey = "archrouter.agent";

    /// <summary>The additional property that holds the names of the policies that the request may match.</summary>
    public const string AllowedPoliciesKey = "archrouter.allowed_policies";

    /// <summary>Routes by a named table, for example a tenant's.</summary>
    /// <param name="options">The options; changed.</param>
    /// <param name="name">The table's name; case does not matter. If there is no such table, the default table's fallback serves.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or white space.</exception>
    public static ChatOptions WithRouteTable(this ChatOptions options, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return options.With(RouteTableKey, name);
    }

    /// <summary>Routes by a table brought along.</summary>
    /// <param name="options">The options; changed.</param>
    /// <param name="table">The table. Keep and reuse it: engines compile each content once.</param>
    /// <returns>The same options.</returns>
    public static ChatOptions WithRouteTable(this ChatOptions options, RouteTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return options.With(RouteTableKey, table);
    }

    /// <summary>Says which agent calls, for rules, for the table's limits of agents and for telemetry. It comes before names that the router finds by itself.</summary>
    /// <param name="options">The options; changed.</param>
    /// <param name="name">The agent's name.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or white space.</exception>
    public static ChatOptions WithAgentName(this ChatOptions options, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return options.With(AgentNameKey, name);
    }

    /// <summary>Limits the request to some of its table's policies: the others are not looked at. Rules and the fallback still count.</summary>
    /// <param name="options">The options; changed.</param>
    /// <param name="names">
    /// The names of the policies; copied, case does not matter. Names that the table does not have allow nothing; without any name, only rules
    /// and the fallback are left. Where the table limits the agent too, both limits hold.
    /// </param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">A name is null, empty or white space.</exception>
    public static ChatOptions WithAllowedPolicies(this ChatOptions options, params IEnumerable<string> names) =>
        options.With(AllowedPoliciesKey, PolicyNames.Copy(names));

    private static ChatOptions With(this ChatOptions options, string key, object value)
    {
        ArgumentNullException.ThrowIfNull(options);
        (options.AdditionalProperties ??= [])[key] = value;
        return options;
    }
}
