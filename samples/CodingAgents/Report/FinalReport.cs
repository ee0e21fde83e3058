using System.Globalization;
using Spectre.Console;

namespace CodingAgents;

/// <summary>Prints what a run did, and writes the picture and the diff.</summary>
internal sealed class FinalReport(IAnsiConsole console, RunSettings settings)
{
    public void Write(RunResult result)
    {
        if (result.Steps.Count > 0)
        {
            if (result.Diff.Length > 0)
            {
                Heading("What the agents changed");
                DiffText.Write(console, result.Diff);
            }

            Heading($"What the {result.Steps[^1].Agent} said at the end");
            console.WriteLine(result.Steps[^1].Answer);
            Heading("Steps");
            console.Write(StepTable.Of(result.Steps, console.Profile.Width));
            WriteCost(result.Cost, result.IsRecorded);
            WriteFiles(result);
        }

        WriteEnd(result);
    }

    private void Heading(string text) => console.Write(new Rule(Markup.Escape(text)).LeftJustified());

    private void WriteCost(CostSummary cost, bool isRecorded)
    {
        console.Write(CostTable.Of(cost));
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[dim]{cost.Note}[/]");
        if (isRecorded)
        {
            console.MarkupLine("[dim]Tokens are the recorded server's estimate of four characters each.[/]");
        }

        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"The {cost.Targets.Sum(t => t.Steps)} steps cost {CostTable.Money(cost.Total)}; on '{SampleConfiguration.Strong}' alone {CostTable.Money(cost.OnStrongAlone)} ({cost.Saved:0 %} less).");
    }

    private void WriteFiles(RunResult result)
    {
        Directory.CreateDirectory(settings.Output);
        string picture = Path.GetFullPath(Path.Combine(settings.Output, $"timeline-{settings.Name}.svg"));
        Timeline.Of(result.Steps, $"CodingAgents, {settings.Name}: {result.Steps.Count} steps").Save(picture);
        console.WriteLine($"Timeline: {picture}");
        if (result.Diff.Length > 0)
        {
            string diff = Path.GetFullPath(Path.Combine(settings.Output, $"change-{settings.Name}.diff"));
            File.WriteAllText(diff, result.Diff);
            console.WriteLine($"Diff:     {diff}");
        }
    }

    private void WriteEnd(RunResult result)
    {
        if (result.Build is { Succeeded: false } build)
        {
            console.WriteLine(build.Output);
        }

        if (result.Tests is { } tests)
        {
            console.WriteLine($"The repository builds. Its tests: {tests.Output.TrimEnd().Split('\n')[^1]}.");
        }

        console.MarkupLineInterpolated(result.End switch
        {
            RunEnd.Done => (FormattableString)$"[green]Done.[/]",
            RunEnd.OutOfSteps => $"[yellow]Stopped: the step budget is used up ({result.Steps.Count} steps; --max-steps). The history holds {result.History.Count} messages, each step whole.[/]",
            RunEnd.Cancelled => $"[yellow]Cancelled after {result.Steps.Count} steps.[/]",
            _ => $"[red]Failed.[/] {result.Missing ?? result.Error?.Message}",
        });
    }
}
