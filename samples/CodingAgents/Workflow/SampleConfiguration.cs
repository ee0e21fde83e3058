using Microsoft.Extensions.Configuration;

namespace CodingAgents;

/// <summary>The sample's <c>appsettings.json</c>.</summary>
internal sealed record SampleConfiguration(IReadOnlyList<Target> Targets, string PriceNote, int MaxSteps, int MaxToolCallsPerStep)
{
    /// <exception cref="InvalidDataException">A target has no model or no price.</exception>
    public static SampleConfiguration Read()
    {
        IConfigurationRoot root = new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json").Build();
        return new SampleConfiguration(
            [.. root.GetRequiredSection("Targets").GetChildren().Select(TargetOf)],
            root["PriceNote"] ?? "",
            root.GetValue("MaxSteps", 12),
            root.GetValue("MaxToolCallsPerStep", 24));
    }

    private static Target TargetOf(IConfigurationSection section) => new(
        section.Key,
        section["Model"] ?? throw new InvalidDataException($"appsettings.json: {section.Path}:Model is missing."),
        section.GetSection("Price").Get<Price>() ?? throw new InvalidDataException($"appsettings.json: {section.Path}:Price is missing."));
}
