using Spectre.Console;

namespace CodingAgents.Tests;

public sealed class FinalReportTests
{
    [Fact]
    public void Failure_SaysWhatIsMissing() =>
        Assert.EndsWith("Failed. The agents changed nothing.", Written(Result() with { Missing = "The agents changed nothing." }), StringComparison.Ordinal);

    private static RunResult Result() => new()
    {
        End = RunEnd.Failed,
        IsRecorded = false,
        Steps = [],
        History = [],
        Cost = new CostSummary([], 0, 0, ""),
    };

    private static string Written(RunResult result)
    {
        using StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        new FinalReport(console, Given.Settings()).Write(result);
        return text.ToString().TrimEnd();
    }
}
