namespace ArchRouter;

/// <summary>A route, domain or rule as it stands in its source.</summary>
internal sealed record NamedItem(string Name, string Location, ConfigFields Fields);
