namespace CodingAgents.Tests;

public sealed class ChatCompletionStepAgentTests
{
    [Fact]
    public async Task Workflow_RunsOnSemanticKernelsOwnAgents()
    {
        await using RecordedServer server = await RecordedServer.StartAsync(RecordingLibrary.Load(Given.LoopRecordings));
        await using TemporaryRepository repository = await TemporaryRepository.CreateAsync(keep: false, CancellationToken.None);
        ToolJournal journal = new(callsPerStep: 9);
        await using AgentTools agentTools = new(new RepositoryTools(repository), journal);
        await using KernelWorkflow workflow = new(
            SampleConfiguration.Read(Given.Settings()).On(server.Endpoint).Routing,
            agentTools,
            (role, kernel, tools) => new ChatCompletionStepAgent(role, KernelAgents.WithTools(kernel, tools)));
        StepLog log = new(maxSteps: 4, journal, new Observer());

        await workflow.RunAsync(log, CancellationToken.None);

        Assert.True(log.IsUsedUp);
        Assert.Equal(
            [("explainer", "fast"), ("architect", "strong"), ("coder", "strong"), ("reviewer", "fast")],
            log.Steps.Select(s => (s.Decision.AgentName!, s.Target)));
        Assert.All(log.Steps, step => Assert.True(step.Tokens is { Input: > 0, Output: > 0 }));
        (string[] calls, string[] results) = Given.ToolIds(log.History);
        Assert.Equal(2, calls.Length);
        Assert.Equal(calls, results);
    }
}
