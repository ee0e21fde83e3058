namespace ArchRouter.SK;

/// <summary>Turns a target as it is written into a connection that is complete, by what its provider asks for.</summary>
internal sealed class ConnectionReader(IServiceProvider services, ApiKeys keys, List<RouteTableProblem> problems)
{
    private static readonly (TargetFields Field, string Key)[] Texts =
    [
        (TargetFields.Model, "model"),
        (TargetFields.Deployment, "deployment"),
        (TargetFields.Endpoint, "endpoint"),
        (TargetFields.Path, "path"),
        (TargetFields.ApiVersion, "apiVersion"),
        (TargetFields.Organization, "organization"),
    ];

    /// <summary>The connection; not to be used when problems were added.</summary>
    public TargetConnection Read(ConfiguredTarget target, TargetsSource source, TargetProvider provider)
    {
        foreach ((TargetFields field, string key) in Texts)
        {
            Check(target, provider, field, key);
        }

        if (!provider.Knows(TargetFields.ApiKey))
        {
            Unused(target, provider, "apiKey");
            Unused(target, provider, "apiKeyVariable");
        }

        if (!provider.Knows(TargetFields.Options))
        {
            Unused(target, provider, "options");
        }

        return new(target.ServiceId, provider.Name)
        {
            Model = target.Text("model"),
            Deployment = target.Text("deployment"),
            Endpoint = Endpoint(target, provider),
            Path = Path(target),
            ApiVersion = target.Text("apiVersion"),
            Organization = target.Text("organization"),
            ApiKey = provider.Knows(TargetFields.ApiKey) ? keys.Find(target, source, provider, NeedsKey(provider)) : null,
            Options = Options(target),
            HttpClient = source.HttpClient ?? (HttpClient?)services.GetService(typeof(HttpClient)) ?? SharedHttpClient.Instance,
        };
    }

    private bool NeedsKey(TargetProvider provider) =>
        provider.Requires.HasFlag(TargetFields.ApiKey) && provider.HasOtherCredential?.Invoke(services) != true;

    private void Check(ConfiguredTarget target, TargetProvider provider, TargetFields field, string key)
    {
        if (!provider.Knows(field))
        {
            Unused(target, provider, key);
        }
        else if (provider.Requires.HasFlag(field) && target.Text(key) is null)
        {
            problems.Add(new(target.Location, $"The target '{target.ServiceId}' ({provider.Name}) has no '{key}'.", $"Add '{key}'."));
        }
    }

    private void Unused(ConfiguredTarget target, TargetProvider provider, string key)
    {
        if (target.Fields[key] is { } node)
        {
            problems.Add(new(node.Location, $"The provider {provider.Name} has no use for '{key}'.", "Remove it, or check the provider's name."));
        }
    }

    private Uri? Endpoint(ConfiguredTarget target, TargetProvider provider)
    {
        if (target.Text("endpoint") is not { } text)
        {
            return provider.DefaultEndpoint;
        }

        if ((EndpointText.Problem(text, out Uri? endpoint) ?? provider.EndpointProblem?.Invoke(endpoint!)) is { } problem)
        {
            problems.Add(new(target.At("endpoint"), $"The endpoint of the target '{target.ServiceId}' {problem.Message}", problem.Fix));
        }

        return endpoint;
    }

    private string? Path(ConfiguredTarget target)
    {
        if (target.Text("path") is not { } text)
        {
            return null;
        }

        string path = ApplicationPath.Find(text);
        if (!System.IO.Path.Exists(path))
        {
            problems.Add(new(
                target.At("path"), $"The path of the target '{target.ServiceId}' does not exist.", $"Looked for '{path}'. Give a full path, or one from the current directory or the application's own folder."));
        }

        return path;
    }

    private Dictionary<string, string> Options(ConfiguredTarget target)
    {
        Dictionary<string, string> options = new(StringComparer.OrdinalIgnoreCase);
        ConfigNode? node = target.Fields["options"];
        ConfigMap? map = node?.AsMap();
        if (node is not null && map is null)
        {
            problems.Add(new(node.Location, "'options' must be a map.", "Write each option below its name."));
        }

        foreach (ConfigEntry entry in map?.Entries ?? [])
        {
            if (entry.Value is not ConfigScalar scalar)
            {
                problems.Add(new(entry.Location, $"The option '{ConfigKeys.Quotable(entry.Key)}' is not a single value.", "Write one value."));
            }
            else if (!options.TryAdd(entry.Key, scalar.Text))
            {
                problems.Add(new(entry.Location, $"The option '{ConfigKeys.Quotable(entry.Key)}' is given twice.", "Keep one."));
            }
        }

        return options;
    }
}
