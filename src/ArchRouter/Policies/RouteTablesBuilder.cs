namespace ArchRouter;

/// <summary>Collects the default table and named tables from every source, so that all their problems are reported together.</summary>
internal sealed class RouteTablesBuilder
{
    private readonly Dictionary<string, RouteTableBuilder> _named = new(StringComparer.OrdinalIgnoreCase);

    public RouteTableBuilder Default { get; } = new();

    public List<RouteTableProblem> Problems { get; } = [];

    /// <summary>Whether a source could not be read at all, so that nobody knows what is missing.</summary>
    public bool HasUnreadSource { get; set; }

    public RouteTableBuilder Table(string name)
    {
        if (!_named.TryGetValue(name, out RouteTableBuilder? builder))
        {
            _named.Add(name, builder = new RouteTableBuilder());
        }

        return builder;
    }

    /// <exception cref="RouteTableException">Any source or table has a problem; all are listed.</exception>
    public RouteTables Build()
    {
        if (HasUnreadSource)
        {
            // Checking the rest would report what the unread source may well hold, such as the fallback.
            throw new RouteTableException(ProblemOrder.Of([.. Problems.Distinct()]));
        }

        RouteTable? @default = Default.Build(Problems, prefix: "");
        Dictionary<string, RouteTable> named = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, RouteTableBuilder builder) in _named)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                Problems.Add(new("tables", "A table has no name.", "Name it after the team or tenant that uses it."));
            }

            if (builder.Build(Problems, prefix: $"table '{name}', ") is { } table)
            {
                named.Add(name, table);
            }
        }

        // A source that is read for its tables and for its targets has the same problem twice.
        RouteTableException.ThrowIfAny([.. Problems.Distinct()]);
        return new RouteTables(@default!, named);
    }
}
