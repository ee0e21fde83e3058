using Microsoft.Extensions.Configuration;

namespace CodingAgents;

/// <summary>The sample's <c>appsettings.json</c>, which holds the routes and the targets too, with what the command line puts in its place.</summary>
internal sealed record SampleConfiguration(IConfiguration Root)
{
    public const string Fast = "fast";
    public const string Strong = "strong";
    private const string Router = "ArchRouter";
    private const string Targets = $"{Router}:targets";

    /// <param name="settings">The run's settings.</param>
    /// <param name="server">A server that all targets are on, or null: each is where the file says.</param>
    public static SampleConfiguration Read(RunSettings settings, Uri? server)
    {
        ConfigurationBuilder builder = new();
        builder.SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json");
        Dictionary<string, string?> changes = [];
        foreach (IConfigurationSection target in builder.Build().GetRequiredSection(Targets).GetChildren())
        {
            Change(target, "model", target.Key switch { Fast => settings.FastModel, Strong => settings.StrongModel, _ => null });
            Change(target, "apiKey", settings.ApiKey);
            if (server is not null)
            {
                Change(target, "provider", "openai-compatible");
                Change(target, "endpoint", server.ToString());
            }
        }

        return new SampleConfiguration(builder.AddInMemoryCollection(changes).Build());

        void Change(IConfigurationSection target, string key, string? value)
        {
            if (value is not null)
            {
                changes[$"{target.Path}:{key}"] = value;
            }
        }
    }

    /// <summary>Routes and targets, as the library reads them.</summary>
    public IConfigurationSection Routing => Root.GetRequiredSection(Router);

    public string PriceNote => Root["PriceNote"] ?? "";

    public int MaxSteps => Root.GetValue("MaxSteps", 12);

    public int MaxToolCallsPerStep => Root.GetValue("MaxToolCallsPerStep", 24);

    /// <summary>The model behind a target.</summary>
    public string ModelOf(string serviceId) => Root[$"{Targets}:{serviceId}:model"] ?? "";
}
