using Microsoft.Extensions.AI;

namespace CodingAgents.Tests;

public sealed class StepBudgetTests
{
    [Theory]
    [InlineData("Sk", "Sequential")]
    [InlineData("Maf", "Sequential")]
    [InlineData("Maf", "Handoff")]
    public async Task Loop_IsStopped_WithItsHistoryIntact(string framework, string workflow)
    {
        const int Budget = 7;
        RunSettings settings = Given.Settings(Enum.Parse<Framework>(framework), Enum.Parse<WorkflowKind>(workflow)) with
        {
            Recordings = Given.LoopRecordings,
            MaxSteps = Budget,
        };
        Observer observer = new();

        RunResult result = await new CodingRun(settings, observer).RunAsync(CancellationToken.None);

        Assert.Null(result.Error);
        Assert.Equal(RunEnd.OutOfSteps, result.End);
        Assert.Equal(["explainer", "architect", "coder", "reviewer", "coder", "reviewer", "coder"], result.Steps.Select(s => s.Agent));
        Assert.Equal(
            [Team.Task, .. result.Steps.SelectMany(s => new[] { s.Request, s.Answer })],
            result.History.Where(m => m.Role != ChatRole.Tool && m.Text.Length > 0).Select(m => m.Text));
        (string[] calls, string[] results) = Given.ToolIds(result.History);
        Assert.Equal(6, calls.Length);
        Assert.Equal(calls, results);
        Assert.False(Directory.Exists(observer.Root));
    }

    [Theory]
    [InlineData("Sk", "Sequential")]
    [InlineData("Maf", "Sequential")]
    [InlineData("Maf", "Handoff")]
    public async Task Cancelling_InAToolLoop_KeepsTheWholeStepsOnly(string framework, string workflow)
    {
        using CancellationTokenSource stop = new();
        Observer observer = new() { OnCalled = _ => stop.Cancel() };
        RunSettings settings = Given.Settings(Enum.Parse<Framework>(framework), Enum.Parse<WorkflowKind>(workflow)) with { Recordings = Given.LoopRecordings };

        RunResult result = await new CodingRun(settings, observer).RunAsync(stop.Token);

        Assert.Equal(RunEnd.Cancelled, result.End);
        Assert.Equal(["explainer", "architect", "coder"], observer.Begun);
        Assert.Equal(["explainer", "architect"], result.Steps.Select(s => s.Agent));
        Assert.Equal(
            [Team.Task, .. result.Steps.SelectMany(s => new[] { s.Request, s.Answer })], result.History.Select(m => m.Text));
        Assert.False(Directory.Exists(observer.Root));
    }

    /// <summary>A framework may go on with a step for a while after it was told to stop.</summary>
    [Fact]
    public void Step_ThatEndsAfterTheCancellation_IsNotKept()
    {
        using CancellationTokenSource stop = new();
        StepLog log = new(maxSteps: 2, new ToolJournal(callsPerStep: 1), new Observer(), cancellationToken: stop.Token);
        BegunStep step = log.TryBegin(Team.Coder)!;
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => log.End(step, Given.Step(1).Decision, default, [new ChatMessage(ChatRole.Assistant, "done")]));
        Assert.Throws<OperationCanceledException>(() => log.TryBegin(Team.Reviewer));
        Assert.Empty(log.Steps);
        Assert.Single(log.History);
    }
}
