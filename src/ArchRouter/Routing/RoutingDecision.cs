using System.Text.Json.Serialization;

namespace ArchRouter;

/// <summary>The immutable outcome of one routing: which targets serve, and why.</summary>
public sealed record RoutingDecision
{
    /// <summary>
    /// The key under which a decision stands in the metadata of Semantic Kernel's messages and the additional properties of MEAI's responses.
    /// </summary>
    public const string MetadataKey = "archrouter.decision";

    /// <summary>Why the decision is what it is.</summary>
    public required RoutingOutcome Outcome { get; init; }

    /// <summary>The targets that may serve, best first; never empty.</summary>
    public required IReadOnlyList<RouteTarget> Targets { get; init; }

    /// <summary>The target to ask first.</summary>
    public RouteTarget Target => Targets[0];

    /// <summary>The matched policy, or <see langword="null"/>.</summary>
    public string? Policy { get; init; }

    /// <summary>The domain of the matched policy, or the matched domain, or <see langword="null"/>.</summary>
    public string? Domain { get; init; }

    /// <summary>The rule that held, or <see langword="null"/>.</summary>
    public string? Rule { get; init; }

    /// <summary>The probability of the matched policy or domain, of <c>other</c>, or of the best policy that was not clear; null if no model was asked.</summary>
    public double? Probability { get; init; }

    /// <summary>The distance to the next best answer; null if no model was asked.</summary>
    public double? Margin { get; init; }

    /// <summary>Every policy that the request might match and <c>other</c> with its probability, most probable first; empty if no model was asked.</summary>
    public IReadOnlyList<PolicyProbability> Alternatives { get; init; } = [];

    /// <summary>What kind of step was decided.</summary>
    // Most decisions that are saved with messages are plain calls; what is not told is not written.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public StepKind Step { get; init; }

    /// <summary>The name of the agent that called, or <see langword="null"/> if none is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AgentName { get; init; }

    /// <summary>The name of the kernel function that called, or <see langword="null"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FunctionName { get; init; }

    /// <summary>The name of that function's plugin, or <see langword="null"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PluginName { get; init; }

    /// <summary>The name of the table used, or <see langword="null"/> for the default one and for one brought along.</summary>
    public string? TableName { get; init; }

    /// <summary>The content version of the table used.</summary>
    public required string TableVersion { get; init; }

    /// <summary>The model that scored the policies, or <see langword="null"/>.</summary>
    public string? EngineId { get; init; }

    /// <summary>Which kind of model scored the policies, or <see langword="null"/>.</summary>
    public RouterTier? Tier { get; init; }

    /// <summary>Which of two engines spoke and why, where a <see cref="CascadeRouterEngine"/> was asked; otherwise <see langword="null"/>.</summary>
    public CascadeStep? Cascade { get; init; }

    /// <summary>How long the decision took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>What went wrong, when the outcome says that something did. Not written to JSON.</summary>
    // Decisions travel with messages into saved sessions and caches, and JSON cannot hold an exception that was thrown.
    [JsonIgnore]
    public Exception? Error { get; init; }

    /// <summary>For <see cref="RoutingOutcome.Pinned"/>: the outcome of the decision that is kept.</summary>
    public RoutingOutcome? PinnedOutcome { get; init; }

    /// <summary>
    /// The service id of the target that answered, set on the decision that comes with an answer. It differs from <see cref="Target"/>
    /// after failover.
    /// </summary>
    public string? ServedBy { get; init; }

    /// <summary>The reason in one line, for people.</summary>
    public string Reason => DecisionReason.For(this);

    /// <inheritdoc/>
    public override string ToString() => Reason;
}
