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

    /// <summary>Says how a target is reached. The core reads none of it but the model's name; who registers chat services does.</summary>
    private static readonly string[] ConnectionTexts = ["provider", "model", "deployment", "endpoint", "path", "apiKeyVariable", "apiVersion", "organization"];

    /// <summary>Every key of a target.</summary>
    public static string[] Keys { get; } =
        [.. ConnectionTexts, "apiKey", "options", "capabilities", "contextLength", "price", "temperature", "topP", "maxOutputTokens"];

    public IReadOnlyList<RouteTarget> Read(ConfigNode? node, RouteTableBuilder table)
    {
        if (node?.AsMap() is not { } map)
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

            // The key of a target that a file describes stands in configuration; it declares nothing.
            if (entry.Value is ConfigMap { Entries: [{ Value: ConfigScalar { Kind: ScalarKind.Untyped } } only] } && ConfigKeys.Same(only.Key, "apiKey"))
            {
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
            || values.Fields(entry.Value, entry.Key, Keys) is not { } fields)
        {
            return new RouteTarget(entry.Key);
        }

        Dictionary<string, string?> connection = ConnectionTexts.ToDictionary(key => key, key => values.Text(fields[key], key), StringComparer.Ordinal);
        RefuseKeyInFile(fields["apiKey"]);
        return new RouteTarget(entry.Key)
        {
            Capabilities = Parse(fields["capabilities"]) ?? KnownModels.Capabilities(connection["provider"], connection["model"]),
            Price = TargetPriceReader.Read(fields["price"], values),
            ContextLength = values.Integer(fields["contextLength"], "contextLength"),
            Settings = new TargetSettings
            {
                Temperature = values.Number(fields["temperature"], "temperature"),
                TopP = values.Number(fields["topP"], "topP"),
                MaxOutputTokens = values.Integer(fields["maxOutputTokens"], "maxOutputTokens"),
            },
        };
    }

    private void RefuseKeyInFile(ConfigNode? node)
    {
        if (node is not (null or ConfigScalar { Kind: ScalarKind.Untyped }))
        {
            values.Problems.Add(ApiKeyInFile(node.Location));
        }
    }

    /// <summary>The problem of a key in a file. What is written there is never quoted.</summary>
    public static RouteTableProblem ApiKeyInFile(string location) => new(
        location, "An API key does not belong in a policy file.", "Remove it and make a new one; set the provider's environment variable, or name another with 'apiKeyVariable'.");

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
