namespace ArchRouter;

/// <summary>Reads the section <c>targets</c>: what is known of each service id.</summary>
internal sealed class TargetReader(ConfigValues values)
{
    private static readonly (string Key, TargetCapabilities Capability)[] Capabilities =
    [
        ("tools", TargetCapabilities.Tools),
        ("vision", TargetCapabilities.Vision),
        ("structuredOutput", TargetCapabilities.StructuredOutput),
    ];

    public IReadOnlyList<RouteTarget> Read(ConfigNode? node, RouteTableBuilder table)
    {
        if (node is not ConfigMap map)
        {
            values.Wrong(node, "targets", "a map", "Write each target below its service id.");
            return [];
        }

        List<RouteTarget> targets = [];
        foreach (ConfigEntry entry in map.Entries)
        {
            if (string.IsNullOrWhiteSpace(entry.Key))
            {
                values.Problems.Add(new(entry.Location, "A target's service id is empty.", "Name the key under which the chat service is registered."));
                continue;
            }

            RouteTarget target = Target(entry);
            table.Target(target, entry.Location);
            targets.Add(target);
        }

        return targets;
    }

    private RouteTarget Target(ConfigEntry entry)
    {
        // 'fast:' with nothing below it declares a target of which nothing is known.
        if (entry.Value is ConfigScalar { Kind: ScalarKind.Null } or ConfigScalar { Kind: ScalarKind.Untyped, Text: "" }
            || values.Fields(entry.Value, entry.Key, "capabilities", "contextLength", "temperature", "topP", "maxOutputTokens") is not { } fields)
        {
            return new RouteTarget(entry.Key);
        }

        return new RouteTarget(entry.Key)
        {
            Capabilities = Parse(fields["capabilities"]),
            ContextLength = values.Integer(fields["contextLength"], "contextLength"),
            Settings = new TargetSettings
            {
                Temperature = values.Number(fields["temperature"], "temperature"),
                TopP = values.Number(fields["topP"], "topP"),
                MaxOutputTokens = values.Integer(fields["maxOutputTokens"], "maxOutputTokens"),
            },
        };
    }

    private TargetCapabilities? Parse(ConfigNode? node)
    {
        TargetCapabilities? all = null;
        foreach (string name in values.Texts(node, "capabilities") ?? [])
        {
            TargetCapabilities one = Array.Find(Capabilities, c => ConfigKeys.Same(c.Key, name)).Capability;
            if (one == TargetCapabilities.None && name != ConfigValues.Unreadable)
            {
                string guess = ConfigKeys.Nearest(name, Capabilities.Select(c => c.Key)) is { } near ? $"Did you mean '{near}'? " : "";
                values.Problems.Add(new(node!.Location, $"The capability '{ConfigKeys.Quotable(name)}' is not known.", $"{guess}Known: {string.Join(", ", Capabilities.Select(c => c.Key))}."));
            }

            all = (all ?? TargetCapabilities.None) | one;
        }

        return all ?? (node is null ? null : TargetCapabilities.None);
    }
}
