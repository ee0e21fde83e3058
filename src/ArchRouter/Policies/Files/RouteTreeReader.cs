using System.Globalization;

namespace ArchRouter;

/// <summary>Reads a whole policy file or configuration section, whichever front end made the nodes.</summary>
internal sealed class RouteTreeReader
{
    private const int KnownVersion = 1;
    private static readonly string[] Keys = ["$schema", "version", "router", "tables", .. TableReader.Keys];

    private readonly ConfigValues _values;
    private readonly TableReader _tableReader;

    private RouteTreeReader(List<RouteTableProblem> problems)
    {
        _values = new ConfigValues(problems);
        _tableReader = new TableReader(_values);
    }

    /// <summary>Adds everything to the tables and options; problems go into <see cref="RouteTablesBuilder.Problems"/>.</summary>
    public static void Read(ConfigNode root, RouteTablesBuilder tables, RouterOptions options)
    {
        var reader = new RouteTreeReader(tables.Problems);
        if (reader._values.Fields(root, "the file", Keys) is not { } fields)
        {
            tables.HasUnreadSource = true;
            return;
        }

        reader.Version(fields["version"]);
        reader._tableReader.Read(fields, tables.Default);
        reader.Tables(fields["tables"], tables);
        if (fields["router"] is { } router)
        {
            RouterOptionsReader.Read(router, reader._values, options);
        }
    }

    private void Version(ConfigNode? node)
    {
        if (_values.Integer(node, "version") is { } version and not KnownVersion)
        {
            _values.Problems.Add(new(node!.Location, $"Version {version} of the format is not known.", $"Use {KnownVersion.ToString(CultureInfo.InvariantCulture)}, or a newer package."));
        }
    }

    private void Tables(ConfigNode? node, RouteTablesBuilder tables)
    {
        if (node?.AsMap() is not { } map)
        {
            _values.Wrong(node, "tables", "a map", "Write each table below its name.");
            return;
        }

        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (ConfigEntry entry in map.Entries)
        {
            if (string.IsNullOrWhiteSpace(entry.Key))
            {
                _values.Problems.Add(new(entry.Location, "A table has no name.", "Name it after the team or tenant that uses it."));
            }
            else if (!seen.Add(entry.Key))
            {
                _values.Problems.Add(new(entry.Location, $"The table '{ConfigKeys.Quotable(entry.Key)}' is given twice.", "Names must differ by more than case: keep one."));
            }
            else if (_values.Fields(entry.Value, entry.Key, TableReader.Keys) is { } fields)
            {
                _tableReader.Read(fields, tables.Table(entry.Key));
            }
        }
    }
}
