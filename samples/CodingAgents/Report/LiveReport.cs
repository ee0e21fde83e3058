using System.Globalization;
using Spectre.Console;

namespace CodingAgents;

/// <summary>Prints a run while it goes on.</summary>
internal sealed class LiveReport(IAnsiConsole console) : IStepObserver
{
    public void Prepared(string root, bool hasGit, bool isRecorded)
    {
        console.MarkupLine(isRecorded
            ? "[yellow]The models' answers are recorded (made by hand for this sample). Routing decisions, tools, builds and tests are real.[/]"
            : "[yellow]The models are real. They write code that is built and run on this machine.[/]");
        console.MarkupLineInterpolated($"Repository: {root}");
        if (!hasGit)
        {
            console.MarkupLine("[yellow]git is not installed: changed files are shown whole instead of a diff.[/]");
        }
    }

    public void Begun(BegunStep step) => console.MarkupLineInterpolated($"\n[bold]{step.Number}  {step.Agent}[/]  {Short.Text(step.Request, console.Profile.Width - 20)}");

    public void Called(ToolCall call) => console.MarkupLineInterpolated($"   [dim]{call.Tool}: {Short.Text(call.Detail, 80)} ({Short.Time(call.Elapsed)}){(call.Failed ? " refused" : "")}[/]");

    public void Ended(Step step)
    {
        console.MarkupLineInterpolated($"   “{Short.Text(step.Answer, 2 * console.Profile.Width - 20)}”");
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"   [green]{PolicyLabel.Of(step.Decision)} {step.Decision.Probability:0.00}[/] {step.Decision.Outcome} → [bold]{step.Target}[/], {Short.Time(step.Elapsed)}, decided in {step.Decision.Elapsed.TotalMilliseconds:0.0} ms");
    }
}
