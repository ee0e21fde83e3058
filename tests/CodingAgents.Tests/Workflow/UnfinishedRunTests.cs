namespace CodingAgents.Tests;

/// <summary>Workflows that end although the work is not done.</summary>
public sealed class UnfinishedRunTests
{
    private static readonly RecordedCall Write = new("write_file", "src/Durations/DurationText.cs", Path.Combine("files", "DurationText.built.cs"));

    [Theory]
    [InlineData("Sk", "Sequential", "explainer architect coder reviewer explainer")]
    [InlineData("Maf", "Sequential", "explainer architect coder reviewer explainer")]
    [InlineData("Maf", "Handoff", "explainer")]
    public async Task Run_ThatChangesNothing_Fails(string framework, string workflow, string agents)
    {
        RunResult result = await RunAsync(
            Given.Settings(Enum.Parse<Framework>(framework), Enum.Parse<WorkflowKind>(workflow)),
            Says("explainer", "It formats."), Says("architect", "Two methods."), Says("coder", "Written."), Says("reviewer", "APPROVED"));

        Assert.Equal(agents.Split(' '), result.Steps.Select(s => s.Agent));
        Assert.Equal((RunEnd.Failed, "The agents changed nothing."), (result.End, result.Missing));
    }

    [Fact]
    public async Task Handoff_ThatEndsBeforeTheReview_Fails()
    {
        RunResult result = await RunAsync(
            Given.Settings(Framework.Maf, WorkflowKind.Handoff),
            Says("explainer", "It formats.", "architect"),
            Says("architect", "Two methods.", "coder"),
            Does("coder", new RecordedRound(null, null, [Write], null), new RecordedRound(null, ["Written."], null, null)));

        Assert.Equal(["explainer", "architect", "coder"], result.Steps.Select(s => s.Agent));
        Assert.NotEmpty(result.Diff);
        Assert.Equal((RunEnd.Failed, "The reviewer has not seen the last change."), (result.End, result.Missing));
    }

    private static Recording Says(string agent, string answer, string? handOffTo = null) => Does(agent, new RecordedRound(null, [answer], null, handOffTo));

    private static Recording Does(string agent, params RecordedRound[] rounds) => new("", agent, [new RecordedTurn("", rounds)]);

    private static async Task<RunResult> RunAsync(RunSettings settings, params Recording[] recordings)
    {
        await using RecordedServer server = await RecordedServer.StartAsync(new RecordingLibrary(settings.Recordings, recordings));
        return await new CodingRun(settings with { BaseUrl = server.Endpoint }, new Observer()).RunAsync(CancellationToken.None);
    }
}
