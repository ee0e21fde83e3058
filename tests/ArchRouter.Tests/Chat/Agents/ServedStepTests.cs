using ArchRouter.TestDoubles;
using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat.Agents;

/// <summary>Which target serves each step of multi-agent runs, told by the model in the HTTP requests.</summary>
public sealed class ServedStepTests
{
    private static readonly AITool Look = AIFunctionFactory.Create(() => "some prose", "look");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sequence_EachAgentHasItsOwnTarget(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r => LoopbackAnswer.Say($"code by {r.Agent}"));
        var stage = new AgentStage(server);
        Workflow workflow = AgentWorkflowBuilder.BuildSequential([stage.Agent("Drafter"), stage.Agent("Reviewer"), stage.Agent("Editor")]);

        await AgentStage.RunAsync(workflow.AsAIAgent(), streaming);

        Assert.Equal(["Drafter@strong", "Reviewer@fast", "Editor@strong"], server.Steps);
        Assert.Equal(["Drafter Agent Matched code strong", "Reviewer Agent Matched prose fast", "Editor Agent Matched code strong"], stage.Client.Lines);
        Assert.All(stage.Engine.Requests, r => Assert.Equal(AgentStage.Request, r.Conversation.Messages[^1].Text));
        Assert.Contains("code by Drafter", server.Requests[1].Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GroupChat_EachTurnIsServedByItsAgentsTarget(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r => LoopbackAnswer.Say("only code here"));
        var stage = new AgentStage(server);
        Workflow workflow = AgentWorkflowBuilder
            .CreateGroupChatBuilderWith(agents => new RoundRobinGroupChatManager(agents) { MaximumIterationCount = 4 })
            .AddParticipants(stage.Agent("Drafter"), stage.Agent("Reviewer"))
            .Build();

        await AgentStage.RunAsync(workflow.AsAIAgent(), streaming);

        Assert.Equal(["Drafter@strong", "Reviewer@fast", "Drafter@strong", "Reviewer@fast"], server.Steps);
        Assert.All(stage.Client.Decisions, d => Assert.Equal((StepKind.Agent, RoutingOutcome.Matched), (d.Step, d.Outcome)));
        Assert.All(stage.Engine.Requests, r => Assert.Equal(AgentStage.Request, r.Conversation.Messages[^1].Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handoff_ToolsSurvive_AndTheNextAgentHasItsOwnTarget(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r => r switch
        {
            { Agent: "Lead", HasResult: false } => LoopbackAnswer.Call("look"),
            { Agent: "Lead" } => LoopbackAnswer.Call(r.Tools.Single(t => t.StartsWith("handoff", StringComparison.Ordinal)), """{"reasonForHandoff":"code"}"""),
            _ when CountOf(r, "tool") < 2 => LoopbackAnswer.Call("look"),
            _ => LoopbackAnswer.Say("done"),
        });
        var stage = new AgentStage(server);
        ChatClientAgent lead = stage.Agent("Lead", Look);
        Workflow workflow = AgentWorkflowBuilder.CreateHandoffBuilderWith(lead).WithHandoff(lead, stage.Agent("Coder", Look), "Anything about programs.").Build();

        AgentResponse response = await AgentStage.RunAsync(workflow.AsAIAgent(), streaming);

        Assert.Contains("done", response.Text, StringComparison.Ordinal);
        Assert.Equal(["Lead@fast", "Lead@fast", "Coder@strong", "Coder@strong"], server.Steps);
        Assert.Equal(
            [
                "Lead Agent Matched prose fast", "Lead ToolIteration Pinned prose fast",
                "Coder Agent Matched code strong", "Coder ToolIteration Pinned code strong",
            ],
            stage.Client.Lines);
        Assert.Equal(2, stage.Engine.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AgentAsTool_HasItsOwnDecisionAndTarget(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r => r switch
        {
            { Agent: "Lead", HasResult: false } => LoopbackAnswer.Call("Coder", """{"query":"some code"}"""),
            _ => LoopbackAnswer.Say($"done by {r.Agent}"),
        });
        var stage = new AgentStage(server);

        AgentResponse response = await AgentStage.RunAsync(stage.Agent("Lead", stage.Agent("Coder").AsAIFunction()), streaming);

        Assert.Equal("done by Lead", response.Text);
        Assert.Equal(["Lead@fast", "Coder@strong", "Lead@fast"], server.Steps);
        Assert.Equal(["Lead Agent Matched prose fast", "Coder Agent Matched code strong", "Lead ToolIteration Pinned prose fast"], stage.Client.Lines);
        Assert.Equal(2, stage.Engine.Requests.Count);
        Assert.Contains("done by Coder", server.Requests[2].Latest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ConcurrentRuns_DoNotMix(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r => r.HasResult ? LoopbackAnswer.Say($"done by {r.Agent}") : LoopbackAnswer.Call("look"));
        var stage = new AgentStage(server);
        string[] names = [.. Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? "Reviewer" : "Coder")];

        ChatClientAgent[] agents = [.. names.Select(name => stage.Agent(name, Look))];
        AgentResponse[] responses = await Task.WhenAll(agents.Select(agent => Task.Run(() => AgentStage.RunAsync(agent, streaming))));

        Assert.Equal(names.Select(n => $"done by {n}"), responses.Select(r => r.Text));
        Assert.Equal(24, server.Steps.Count);
        Assert.All(server.Steps, step => Assert.Contains(step, (string[])["Reviewer@fast", "Coder@strong"]));
        Assert.Equal(12, stage.Client.Decisions.Count(d => d.Step == StepKind.ToolIteration));
        Assert.All(stage.Client.Decisions, d => Assert.Equal(d.AgentName == "Reviewer" ? "prose" : "code", d.Policy));
    }

    private static int CountOf(LoopbackRequest request, string role) => request.Roles.Count(r => r == role);
}
