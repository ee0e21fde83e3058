namespace ArchRouter;

/// <summary>A route, domain, rule or agent as it stands in its source.</summary>
internal sealed record NamedItem(string Name, string Location, ConfigFields Fields);
