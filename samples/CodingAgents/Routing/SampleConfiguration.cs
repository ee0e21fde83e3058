using Microsoft.Extensions.Configuration;

namespace CodingAgents;

/// <summary>The sample's <c>appsettings.json</c>, which holds the routes and the targets too, with what the command line puts in its place.</summary>
/// <param name="Root">The values.</param>
/// <param name="NeedsRecordings">Whether no target can answer: all are OpenAI's, and there is no key.</param>
internal sealed record SampleConfiguration(IConfiguration Root, bool NeedsRecordings)
{
    public const string Fast = "fast";
    public const string Strong = "strong";
    private const string Router = "ArchRouter";
    private const string Targets = $"{Router}:targets";

    // What says where a target is and which key it gets. None of it may outlive a move to another server.
    private static readonly string[] Connection =
        ["provider", "deployment", "endpoint", "path", "apiKey", "apiKeyVariable", "apiVersion", "organization", "options"];

    public static SampleConfiguration Read(RunSettings settings) =>
        Of(new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json").Build(), settings);

    public static SampleConfiguration Of(IConfiguration file, RunSettings settings)
    {
        Dictionary<string, string?> keys = [];
        Dictionary<string, string?> models = [];
        foreach (IConfigurationSection target in TargetsOf(file))
        {
            if (TargetKey.Find(target, settings.Variables) is { } key)
            {
                keys[$"{target.Path}:apiKey"] = key;
            }

            if ((target.Key switch { Fast => settings.FastModel, Strong => settings.StrongModel, _ => null }) is { } model)
            {
                models[$"{target.Path}:model"] = model;
            }
        }

        IConfiguration named = With(file, models);
        return settings.BaseUrl is { } server
            ? new(MovedTo(server, settings.ApiKeyVariable is { } variable ? settings.Variables(variable) : null, named), NeedsRecordings: false)
            : new(With(named, keys), keys.Count == 0 && TargetsOf(file).All(TargetKey.IsOpenAI));
    }

    /// <summary>The same with all targets on the server of the recordings.</summary>
    public SampleConfiguration On(Uri server) => new(MovedTo(server, key: null, Root), NeedsRecordings: false);

    /// <summary>Routes and targets, as the library reads them.</summary>
    public IConfigurationSection Routing => Root.GetRequiredSection(Router);

    public string PriceNote => Root["PriceNote"] ?? "";

    public int MaxSteps => Root.GetValue("MaxSteps", 12);

    public int MaxToolCallsPerStep => Root.GetValue("MaxToolCallsPerStep", 24);

    /// <summary>The model behind a target.</summary>
    public string ModelOf(string serviceId) => Root[$"{Targets}:{serviceId}:model"] ?? "";

    private static IConfiguration MovedTo(Uri server, string? key, IConfiguration configuration)
    {
        string[] targets = [.. TargetsOf(configuration).Select(t => t.Path)];
        string[] left = [.. targets.SelectMany(path => Connection.Select(name => $"{path}:{name}"))];
        IEnumerable<KeyValuePair<string, string?>> rest = configuration.AsEnumerable().Where(value =>
            value.Value is not null
            && !left.Any(path => value.Key.Equals(path, StringComparison.OrdinalIgnoreCase) || value.Key.StartsWith($"{path}:", StringComparison.OrdinalIgnoreCase)));
        Dictionary<string, string?> moved = [];
        foreach (string path in targets)
        {
            moved[$"{path}:provider"] = "openai-compatible";
            moved[$"{path}:endpoint"] = server.ToString();
            if (key is not null)
            {
                moved[$"{path}:apiKey"] = key;
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(rest).AddInMemoryCollection(moved).Build();
    }

    private static IConfiguration With(IConfiguration configuration, Dictionary<string, string?> changes) =>
        new ConfigurationBuilder().AddConfiguration(configuration).AddInMemoryCollection(changes).Build();

    private static IEnumerable<IConfigurationSection> TargetsOf(IConfiguration configuration) => configuration.GetRequiredSection(Targets).GetChildren();
}
