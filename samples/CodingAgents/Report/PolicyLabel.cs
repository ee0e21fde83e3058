using ArchRouter;

namespace CodingAgents;

/// <summary>What a decision went by, in a word.</summary>
internal static class PolicyLabel
{
    public static string Of(RoutingDecision decision) =>
        decision.Policy ?? (decision.Outcome == RoutingOutcome.NoMatch ? RoutePolicy.Other : decision.Outcome.ToString());
}
