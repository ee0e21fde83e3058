using System.Globalization;
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

        IReadOnlyList<Step> steps = await StepsAsync();
        Assert.Equal(steps.Select(s => (s.Agent, s.Decision.Policy!, s.Target)), rows.Select(cells => (cells[2], cells[4], cells[7])));
        Assert.All(rows.Zip(steps), row =>
        {
            (string[] cells, Step step) = row;
            AssertProbability(step, cells[5]);
            Assert.Equal(step.Decision.Outcome.ToString(), cells[6]);
            AssertTools(step, cells[8]);
        });
    }

    [Fact]
    public async Task Picture_HasTheStepsOfTheRun()
    {
        XElement picture = XDocument.Load(Path.Combine(Root(), "docs", "images", "coding-agents.svg")).Root!;
        string[][] bars = [.. picture.Elements(Svg + "g").Select(step => step.Elements(Svg + "text").Select(text => text.Value).ToArray())];

        IReadOnlyList<Step> steps = await StepsAsync();
        Assert.Equal(steps.Select(s => (s.Decision.Policy!, s.Target)), bars.Select(texts => (texts[0], texts[2].Split(',')[0])));
        Assert.All(bars.Zip(steps), bar =>
        {
            string[] decision = bar.First[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            AssertProbability(bar.Second, decision[0]);
            Assert.Equal(bar.Second.Decision.Outcome.ToString(), decision[1]);
        });
    }

    // Processors differ in how they round.
    private static void AssertProbability(Step step, string shown) =>
        Assert.Equal(step.Decision.Probability!.Value, double.Parse(shown, CultureInfo.InvariantCulture), tolerance: 0.05);

    /// <summary>A long cell of the table is cut off.</summary>
    private static void AssertTools(Step step, string shown)
    {
        string tools = Short.Tools(step.Tools);
        if (shown.EndsWith('…'))
        {
            Assert.StartsWith(shown.TrimEnd('…'), tools, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(tools, shown);
        }
    }

    private async Task<IReadOnlyList<Step>> StepsAsync() => (await runs.OfAsync("sk")).Result.Steps;

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
