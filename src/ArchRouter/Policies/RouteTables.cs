using System.Collections.Frozen;

namespace ArchRouter;

/// <summary>The tables of an application: the default one, and named ones that a call can pick, for example per team or tenant.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RouteTables
{
    private readonly FrozenDictionary<string, RouteTable> _named;

    /// <summary>Makes the set of tables.</summary>
    /// <param name="default">The table used when a call names none.</param>
    /// <param name="named">Further tables by name; names are compared ignoring case.</param>
    public RouteTables(RouteTable @default, IReadOnlyDictionary<string, RouteTable>? named = null)
    {
        ArgumentNullException.ThrowIfNull(@default);
        Default = @default;
        _named = (named ?? new Dictionary<string, RouteTable>()).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The table used when a call names none.</summary>
    public RouteTable Default { get; }

    /// <summary>The named tables.</summary>
    public IReadOnlyDictionary<string, RouteTable> Named => _named;

    internal IEnumerable<(string? Name, RouteTable Table)> All() =>
        _named.Select(pair => ((string?)pair.Key, pair.Value)).Prepend((null, Default));

    /// <summary>Every target that any table names, with its table and the place in words.</summary>
    internal IEnumerable<(RouteTable Table, string Where, RouteTarget Target)> References() =>
        from named in All()
        from reference in named.Table.References()
        select (named.Table, named.Name is null ? reference.Source : $"table '{named.Name}', {reference.Source}", reference.Target);
}
