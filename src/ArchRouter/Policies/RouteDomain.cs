namespace ArchRouter;

/// <summary>A domain of policies ("legal", "software"), and the targets that serve when the domain is clear but no action in it is.</summary>
/// <param name="Name">The domain's name.</param>
/// <param name="Targets">Its targets, best first; empty when the domain only groups policies.</param>
public sealed record RouteDomain(string Name, IReadOnlyList<RouteTarget> Targets);
