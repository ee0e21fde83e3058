using System.Globalization;
using Spectre.Console;

namespace CodingAgents;

/// <summary>Prints what a run did, and writes the picture and the diff.</summary>
internal sealed class FinalReport(IAnsiConsole console, RunSettings settings)
{
    public void Write(RunResult result)
    {
        if (result.Diff.Length > 0)
        {
            console.Write(new Rule("What the agents changed").LeftJustified());
            DiffText.Write(console, result.Diff);
        }

        console.Write(new Rule("Steps").LeftJustified());
        console.Write(StepTable.Of(result.Steps, console.Profile.Width));
        CostSummary cost = result.Cost;
        console.Write(CostTable.Of(cost));
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[dim]{cost.Note}[/]");
        if (settings.IsRecorded)
        {
            console.MarkupLine("[dim]Tokens are the recorded server's estimate of four characters each.[/]");
        }

        WriteFiles(result);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{result.Steps.Count} steps cost {CostTable.Money(cost.Total)}; on '{SampleConfiguration.Strong}' alone {CostTable.Money(cost.OnStrongAlone)} ({cost.Saved:0 %} less).");
        WriteEnd(result);
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
            _ => $"[red]Failed.[/] {result.Error?.Message}",
        });
    }
}
