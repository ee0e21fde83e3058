namespace ArchRouter;

/// <summary>Everything that a decision may depend on.</summary>
public sealed class RouteContext
{
    /// <summary>The conversation. Default: empty.</summary>
    public ConversationWindow Conversation { get; init; } = ConversationWindow.Empty;

    /// <summary>The name of the table to use, or <see langword="null"/> for the default one. Empty is the same as none.</summary>
    public string? TableName { get; init => field = RoutingHints.Known(value); }

    /// <summary>A table brought along for this call, for example a tenant's; it comes before <see cref="TableName"/>.</summary>
    public RouteTable? Table { get; init; }

    /// <summary>The service id that the request itself names; it comes before everything else. Empty is the same as none.</summary>
    public string? ExplicitTarget { get; init; }

    /// <summary>The name of the kernel function that calls, if any.</summary>
    public string? FunctionName { get; init; }

    /// <summary>The name of that function's plugin, if any.</summary>
    public string? PluginName { get; init; }

    /// <summary>The name of the agent that calls, if known.</summary>
    public string? AgentName { get; init; }

    /// <summary>
    /// The names of the policies that the request may match, or <see langword="null"/> for all of its table's; copied, case does not matter.
    /// Names that the table does not have allow nothing, and an empty list leaves only rules and the fallback. Where the table limits the
    /// agent as well (<see cref="RouteTable.Agents"/>), both limits hold. A list that throws when it is read allows nothing, and the decision
    /// carries the error (<see cref="RoutingOutcome.EngineFailed"/>) unless a rule holds. Default: all.
    /// </summary>
    public IReadOnlyCollection<string>? AllowedPolicies { get => Allowed.Names; init => Allowed = AllowedNames.Of(value); }

    /// <summary>What kind of step the request is, as the conversation and <see cref="AgentName"/> tell.</summary>
    public StepKind Step =>
        Conversation.Ending.IsOf(AgentName) ? StepKind.ToolIteration : string.IsNullOrEmpty(AgentName) ? StepKind.Call : StepKind.Agent;

    /// <summary>The agent's or system's instructions where they come apart from the messages, as in Agent Framework. Seen by rules only.</summary>
    public string? Instructions { get; init; }

    /// <summary>What the request needs of a target. Targets known to lack it are passed over.</summary>
    public TargetCapabilities Needs { get; init; }

    /// <summary>What <see cref="AllowedPolicies"/> says, and whether it could be read.</summary>
    internal AllowedNames Allowed { get; init; }

    /// <summary>A decision that the request must keep, though its messages do not show that it continues a turn; only an explicit choice comes before it.</summary>
    internal RoutingDecision? Kept { get; init; }
}
