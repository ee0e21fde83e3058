using Microsoft.Extensions.Configuration;

namespace ArchRouter.SK;

/// <summary>The targets of one policy file or configuration section, read when it is added: the container must know their service ids.</summary>
internal sealed class TargetsSource
{
    private TargetsSource(HttpClient? httpClient, string secretsPath)
    {
        HttpClient = httpClient;
        SecretsPath = secretsPath;
    }

    public IReadOnlyList<ConfiguredTarget> Targets { get; private set; } = [];

    public List<RouteTableProblem> Problems { get; } = [];

    public HttpClient? HttpClient { get; }

    /// <summary>The configuration section whose <c>targets:ID:apiKey</c> can hold a key.</summary>
    public string SecretsPath { get; }

    /// <summary>The service ids that this source registers; those that the application registered itself are left to it.</summary>
    public HashSet<string> Registered { get; } = new(StringComparer.Ordinal);

    public static TargetsSource Read(IConfiguration section, HttpClient? httpClient)
    {
        string path = (section as IConfigurationSection)?.Path ?? "";
        var source = new TargetsSource(httpClient, path);
        ConfigNode root = ConfigurationNodes.Read(section);
        if (root is ConfigScalar { Text: "" })
        {
            source.Problems.Add(new(root.Location, "The configuration section is missing or empty.", "Check its name, or that the file it stands in is loaded."));
            return source;
        }

        source.Read(root);
        return source;
    }

    public static TargetsSource Load(string path, HttpClient? httpClient)
    {
        var source = new TargetsSource(httpClient, DefaultSection.Name);
        try
        {
            source.Read(PolicyText.Load(path));
        }
        catch (RouteTableException error)
        {
            source.Problems.AddRange(error.Problems);
        }

        return source;
    }

    private void Read(ConfigNode root) => Targets = [.. new ConfiguredTargetReader(new ConfigValues(Problems)).Read(root)];
}
