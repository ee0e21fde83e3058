namespace CodingAgents.Tests;

/// <summary>Runs against a server that is not the sample's own, as with <c>--base-url</c>.</summary>
public sealed class RealServerTests
{
    [Theory]
    [InlineData("Sk", "Sequential")]
    [InlineData("Maf", "Sequential")]
    [InlineData("Maf", "Handoff")]
    public async Task Steps_AskTheModelsThatTheCommandLineNames(string framework, string workflow)
    {
        List<(string? Agent, string Model)> asked = [];
        await using RecordedServer server = await RecordedServer.StartAsync(RecordingLibrary.Load(Given.LoopRecordings), request =>
        {
            lock (asked)
            {
                asked.Add((request.Agent, request.Model));
            }
        });
        RunSettings settings = Given.Settings(Enum.Parse<Framework>(framework), Enum.Parse<WorkflowKind>(workflow)) with
        {
            BaseUrl = server.Endpoint,
            FastModel = "small",
            StrongModel = "large",
            MaxSteps = 4,
        };
        Observer observer = new();

        RunResult result = await new CodingRun(settings, observer).RunAsync(CancellationToken.None);

        Assert.False(observer.IsRecorded);
        Assert.False(result.IsRecorded);
        Assert.Equal(RunEnd.OutOfSteps, result.End);
        Assert.Equal([("explainer", "small"), ("architect", "large"), ("coder", "large"), ("coder", "large"), ("reviewer", "small")], asked);
    }

    [Theory]
    [InlineData("Sk", "Sequential")]
    [InlineData("Maf", "Sequential")]
    [InlineData("Maf", "Handoff")]
    public async Task Refusal_EndsTheRun_AndIsShown(string framework, string workflow)
    {
        await using RecordedServer server = await RecordedServer.StartAsync(new RecordingLibrary("", []));
        RunSettings settings = Given.Settings(Enum.Parse<Framework>(framework), Enum.Parse<WorkflowKind>(workflow)) with { BaseUrl = server.Endpoint };

        RunResult result = await new CodingRun(settings, new Observer()).RunAsync(CancellationToken.None);

        Assert.Equal(RunEnd.Failed, result.End);
        Assert.Empty(result.Steps);
        Assert.Contains("No recording fits this request of the explainer", result.Error!.ToString(), StringComparison.Ordinal);
    }
}
