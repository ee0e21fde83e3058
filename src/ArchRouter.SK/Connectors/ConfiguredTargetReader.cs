namespace ArchRouter.SK;

/// <summary>Finds the targets that name a provider, in the default table and in the named ones. The rest of the source is read elsewhere.</summary>
internal sealed class ConfiguredTargetReader(ConfigValues values)
{
    private static readonly string[] NeedProvider = ["model", "deployment", "endpoint", "path", "apiKeyVariable", "apiVersion", "organization", "options"];

    public IEnumerable<ConfiguredTarget> Read(ConfigNode root)
    {
        IEnumerable<ConfigNode> named = Entries(Value(root, "tables")).Select(table => table.Value);
        foreach (ConfigEntry entry in named.Prepend(root).SelectMany(table => Entries(Value(table, "targets"))))
        {
            if (!string.IsNullOrWhiteSpace(entry.Key) && Target(entry) is { } target)
            {
                yield return target;
            }
        }
    }

    private ConfiguredTarget? Target(ConfigEntry entry)
    {
        if (entry.Value is not ConfigMap)
        {
            return null;
        }

        ConfigFields fields = values.Fields(entry.Value, entry.Key, TargetReader.Keys)!;
        if (fields["apiKey"] is { } key and not ConfigScalar { Kind: ScalarKind.Untyped })
        {
            values.Problems.Add(TargetReader.ApiKeyInFile(key.Location));
        }

        foreach (string text in NeedProvider.Where(text => text != "options"))
        {
            values.Text(fields[text], text);
        }

        string? provider = values.Text(fields["provider"], "provider");
        if (!string.IsNullOrWhiteSpace(provider))
        {
            return new(entry.Key, entry.Location, provider.Trim(), fields);
        }

        if (Array.Find(NeedProvider, text => fields[text] is not null) is { } without)
        {
            values.Problems.Add(new(entry.Location, $"The target '{ConfigKeys.Quotable(entry.Key)}' has '{without}' but no provider.", "Add 'provider', such as openai, azure-openai, ollama or openai-compatible."));
        }

        return null;
    }

    private static ConfigNode? Value(ConfigNode? node, string key) =>
        Entries(node).Where(entry => ConfigKeys.Same(entry.Key, key)).Select(entry => entry.Value).FirstOrDefault();

    private static IEnumerable<ConfigEntry> Entries(ConfigNode? node) => node?.AsMap()?.Entries ?? [];
}
