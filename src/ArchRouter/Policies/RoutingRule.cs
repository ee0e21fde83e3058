namespace ArchRouter;

/// <summary>A deterministic rule: when its condition holds, its targets serve and the router model is not asked.</summary>
/// <param name="Name">The name shown on decisions and in logs.</param>
/// <param name="Condition">What must hold.</param>
/// <param name="Targets">The targets, best first.</param>
public sealed record RoutingRule(string Name, RuleCondition Condition, IReadOnlyList<RouteTarget> Targets);
