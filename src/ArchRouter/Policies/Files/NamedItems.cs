namespace ArchRouter;

/// <summary>Reads routes, domains, rules and agents: a list of maps with a <c>name</c>, or a map from names.</summary>
internal sealed class NamedItems(ConfigValues values)
{
    public IEnumerable<NamedItem> Read(ConfigNode? node, string what, params string[] keys)
    {
        switch (node)
        {
            case null or ConfigScalar { Kind: ScalarKind.Untyped, Text: "" }:
                return [];
            // In configuration, a map whose names are numbers reads as a list.
            case ConfigList list when list.AsMap() is { } map && !list.Items.Any(HasName):
                return FromMap(map, what, keys);
            case ConfigList list:
                return list.Items.Select(item => FromList(item, what, keys)).OfType<NamedItem>();
            case ConfigMap map:
                return FromMap(map, what, keys);
            default:
                values.Wrong(node, $"{what}s", "a list, or a map from names", $"Begin each {what} with '- name:'.");
                return [];
        }
    }

    private static bool HasName(ConfigNode item) => item is ConfigMap map && map.Entries.Any(entry => ConfigKeys.Same(entry.Key, "name"));

    private NamedItem? FromList(ConfigNode item, string what, string[] keys)
    {
        if (values.Fields(item, what, ["name", .. keys]) is not { } fields)
        {
            return null;
        }

        int before = values.Problems.Count;
        string name = values.Text(fields["name"], "name") ?? "";
        // Two names that cannot be read must not clash as equal names.
        return new(values.Problems.Count > before ? $"{ConfigValues.Unreadable} {before}" : name, item.Location, fields);
    }

    /// <summary>
    /// Maps have no order: configuration sorts its keys, and other tools may. So items are taken in the order of their names in every
    /// language, which makes the three forms equal.
    /// </summary>
    private IEnumerable<NamedItem> FromMap(ConfigMap map, string what, string[] keys)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (ConfigEntry entry in map.Entries.OrderBy(e => e.Key, StringComparer.OrdinalIgnoreCase))
        {
            if (!seen.Add(entry.Key))
            {
                values.Problems.Add(new(entry.Location, $"The {what} '{ConfigKeys.Quotable(entry.Key)}' is given twice.", "Keep one."));
            }
            else if (values.Fields(entry.Value, entry.Key, keys) is { } fields)
            {
                yield return new(entry.Key, entry.Location, fields);
            }
        }
    }
}
