namespace ArchRouter;

/// <summary>What a builder has collected and nobody has checked yet. <c>Where</c> is the place in the source, null for code.</summary>
internal sealed class RouteTableDraft
{
    public List<RouteDraft> Routes { get; } = [];

    public List<DomainDraft> Domains { get; } = [];

    public List<RuleDraft> Rules { get; } = [];

    public List<AgentDraft> Agents { get; } = [];

    public List<TargetDraft> Targets { get; } = [];

    public List<FallbackDraft> Fallbacks { get; } = [];

    /// <summary>Where the table as a whole stands, for problems about what is missing.</summary>
    public string? Where { get; set; }

    public (RoutingThresholds Value, string? Where) Thresholds { get; set; } = (new(), null);

    public bool IsEmpty => Routes.Count + Domains.Count + Rules.Count + Agents.Count + Targets.Count + Fallbacks.Count == 0;

    internal sealed record RouteDraft(RoutePolicy Policy, IReadOnlyList<string> To, string? Where);

    internal sealed record DomainDraft(string Name, IReadOnlyList<string> To, string? Where);

    internal sealed record RuleDraft(string Name, RuleCondition Condition, IReadOnlyList<string> To, string? Where);

    internal sealed record AgentDraft(string Name, IReadOnlyList<string> Allow, string? Where);

    internal sealed record TargetDraft(RouteTarget Target, string? Where);

    internal sealed record FallbackDraft(IReadOnlyList<string> To, string? Where);
}
