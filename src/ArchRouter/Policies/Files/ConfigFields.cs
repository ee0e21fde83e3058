namespace ArchRouter;

/// <summary>The fields of one map. Unknown and repeated keys are reported when it is made; the rest can be asked for by name.</summary>
internal sealed class ConfigFields
{
    private readonly Dictionary<string, ConfigNode> _values = new(StringComparer.Ordinal);

    public ConfigFields(ConfigMap map, IReadOnlyList<string> known, List<RouteTableProblem> problems)
    {
        Location = map.Location;
        Dictionary<string, string> first = [];
        foreach (ConfigEntry entry in map.Entries)
        {
            if (known.FirstOrDefault(k => ConfigKeys.Same(k, entry.Key)) is not { } key)
            {
                problems.Add(Unknown(entry, known));
            }
            else if (first.TryAdd(key, entry.Location))
            {
                _values.Add(key, entry.Value);
            }
            else
            {
                problems.Add(new(entry.Location, $"The key '{key}' is given twice, first at {first[key]}.", "Keep one."));
            }
        }
    }

    public string Location { get; }

    /// <summary>The value of a key; null when it is absent or explicitly null.</summary>
    public ConfigNode? this[string key] => _values.GetValueOrDefault(key) is { } node and not ConfigScalar { Kind: ScalarKind.Null } ? node : null;

    private static RouteTableProblem Unknown(ConfigEntry entry, IReadOnlyList<string> known)
    {
        string guess = ConfigKeys.Nearest(entry.Key, known) is { } near ? $"Did you mean '{near}'? " : "";
        return new(entry.Location, $"The key '{ConfigKeys.Quotable(entry.Key)}' is not known here.", $"{guess}Known keys: {string.Join(", ", known)}.");
    }
}
