namespace ArchRouter;

/// <summary>A piece of configuration, whatever it was written in: a scalar, a list or a map, and where it stands.</summary>
/// <param name="Location"><c>file:line:column</c>, or a configuration path.</param>
internal abstract record ConfigNode(string Location)
{
    /// <summary>What the node is, for messages.</summary>
    public abstract string Description { get; }

    /// <summary>The node as a map, or null where it is none.</summary>
    public virtual ConfigMap? AsMap() => null;
}

internal sealed record ConfigList(string Location, IReadOnlyList<ConfigNode> Items) : ConfigNode(Location)
{
    public override string Description => "a list";

    /// <summary>The items by their keys, where the source cannot tell a list from a map whose keys are numbers.</summary>
    public IReadOnlyList<ConfigEntry>? Keyed { get; init; }

    /// <inheritdoc/>
    public override ConfigMap? AsMap() => Keyed is null ? null : new ConfigMap(Location, Keyed);
}

/// <summary>A map in the order of its source. Keys can repeat; the reader reports that.</summary>
internal sealed record ConfigMap(string Location, IReadOnlyList<ConfigEntry> Entries) : ConfigNode(Location)
{
    public override string Description => "a map";

    /// <inheritdoc/>
    public override ConfigMap AsMap() => this;
}

internal readonly record struct ConfigEntry(string Key, string Location, ConfigNode Value);
