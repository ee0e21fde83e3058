namespace ArchRouter;

/// <summary>A piece of configuration, whatever it was written in: a scalar, a list or a map, and where it stands.</summary>
/// <param name="Location"><c>file:line:column</c>, or a configuration path.</param>
internal abstract record ConfigNode(string Location)
{
    /// <summary>What the node is, for messages.</summary>
    public abstract string Description { get; }
}

internal sealed record ConfigList(string Location, IReadOnlyList<ConfigNode> Items) : ConfigNode(Location)
{
    public override string Description => "a list";
}

/// <summary>A map in the order of its source. Keys can repeat; the reader reports that.</summary>
internal sealed record ConfigMap(string Location, IReadOnlyList<ConfigEntry> Entries) : ConfigNode(Location)
{
    public override string Description => "a map";
}

internal readonly record struct ConfigEntry(string Key, string Location, ConfigNode Value);
