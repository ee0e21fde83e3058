using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter.SK;

/// <summary>The targets of one policy file or configuration section, read when it is added: the container must know their service ids.</summary>
internal sealed class TargetsSource
{
    private readonly bool _isFile;

    private TargetsSource(HttpClient? httpClient, bool isFile)
    {
        HttpClient = httpClient;
        _isFile = isFile;
    }

    public IReadOnlyList<ConfiguredTarget> Targets { get; private set; } = [];

    public List<RouteTableProblem> Problems { get; } = [];

    public HttpClient? HttpClient { get; }

    /// <summary>What this source registers by service id; those that the application registered itself are left to it.</summary>
    public Dictionary<string, ServiceDescriptor> Registered { get; } = new(StringComparer.Ordinal);

    /// <summary>The setting that can hold a target's key: beside the rest of the target, or, since a file holds no keys, in the usual section.</summary>
    public string SecretOf(ConfiguredTarget target) => _isFile ? $"{DefaultSection.Name}:targets:{target.ServiceId}:apiKey" : $"{target.Location}:apiKey";

    public static TargetsSource Read(IConfiguration section, HttpClient? httpClient)
    {
        var source = new TargetsSource(httpClient, isFile: false);
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
        var source = new TargetsSource(httpClient, isFile: true);
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
