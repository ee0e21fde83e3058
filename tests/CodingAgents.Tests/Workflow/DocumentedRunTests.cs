using System.Xml.Linq;

namespace CodingAgents.Tests;

/// <summary>The README shows a run of this sample, as a table and as a picture; both must go on showing what it does.</summary>
[Collection(nameof(WholeRuns))]
public sealed class DocumentedRunTests(WholeRuns runs)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public async Task Table_HasTheStepsOfTheRun()
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(Root(), "README.md"))
            .Select(line => line.Split('│', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 10 && int.TryParse(cells[1], out _))];

        Assert.Equal(await StepsAsync(), rows.Select(cells => (cells[2], cells[4], cells[7])));
        Assert.All(rows, cells => Assert.Equal("Matched", cells[6]));
    }

    [Fact]
    public async Task Picture_HasTheStepsOfTheRun()
    {
        XElement picture = XDocument.Load(Path.Combine(Root(), "docs", "images", "coding-agents.svg")).Root!;
        string[][] bars = [.. picture.Elements(Svg + "g").Select(step => step.Elements(Svg + "text").Select(text => text.Value).ToArray())];

        Assert.Equal((await StepsAsync()).Select(s => (s.Policy, s.Target)), bars.Select(texts => (texts[0], texts[2].Split(',')[0])));
    }

    private async Task<IEnumerable<(string Agent, string Policy, string Target)>> StepsAsync() =>
        (await runs.OfAsync("sk")).Result.Steps.Select(s => (s.Agent, s.Decision.Policy!, s.Target));

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ArchRouter.SK.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
