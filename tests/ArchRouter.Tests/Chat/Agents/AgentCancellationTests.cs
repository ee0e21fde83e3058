using ArchRouter.TestDoubles;
using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat.Agents;

/// <summary>Runs that are cancelled in the middle, over real clients and a real server.</summary>
public sealed class AgentCancellationTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhileRouting_NoTargetIsAsked_AndTheSessionGoesOn(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(_ => LoopbackAnswer.Say("done"));
        using CancellationTokenSource source = new();
        var stage = new AgentStage(server)
        {
            Engine = new(async (request, token) =>
            {
                if (request.Conversation.Messages[^1].Text == "stop")
                {
                    await source.CancelAsync();
                    await Task.Delay(Timeout.Infinite, token);
                }

                return ScriptedRouterEngine.Scores(request.Policies, "code");
            }),
        };
        ChatClientAgent agent = stage.Agent("Coder");
        AgentSession session = await agent.CreateSessionAsync();
        await AgentStage.RunAsync(agent, streaming, "one", session);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AgentStage.RunAsync(agent, streaming, "stop", session, source.Token));
        await AgentStage.RunAsync(agent, streaming, "two", session);

        Assert.Equal(["Coder@strong", "Coder@strong"], server.Steps);
        Assert.Equal(["You are Coder.", "one", "done", "two"], server.Requests[1].Messages.Select(LoopbackRequest.TextOf));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhileTheTargetAnswers_ItIsLetGo_AndTheSessionGoesOn(bool streaming)
    {
        using CancellationTokenSource source = new();
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(async (request, connection) =>
        {
            if (request.Latest != "stop")
            {
                return LoopbackAnswer.Say("done");
            }

            if (!streaming)
            {
                await source.CancelAsync();
                await Task.Delay(Timeout.Infinite, connection);
            }

            return LoopbackAnswer.Say("half an answer") with { InMidStream = token => Task.Delay(Timeout.Infinite, token) };
        });
        var stage = new AgentStage(server);
        ChatClientAgent agent = stage.Agent("Coder");
        AgentSession session = await agent.CreateSessionAsync();
        await AgentStage.RunAsync(agent, streaming, "one", session);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StopAsync());
        await server.Aborted.WaitAsync(Guard);
        await AgentStage.RunAsync(agent, streaming, "two", session);

        Assert.Equal(["You are Coder.", "one", "done", "two"], server.Requests[2].Messages.Select(LoopbackRequest.TextOf));
        Assert.Equal(3, server.Requests.Count);

        async Task StopAsync()
        {
            if (!streaming)
            {
                await agent.RunAsync("stop", session, cancellationToken: source.Token);
                return;
            }

            await foreach (AgentResponseUpdate update in agent.RunStreamingAsync("stop", session, cancellationToken: source.Token))
            {
                Assert.Equal("h", update.Text);
                await source.CancelAsync();
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task InATool_TheLoopEnds(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r => r.HasResult ? LoopbackAnswer.Say("done") : LoopbackAnswer.Call("look"));
        using CancellationTokenSource source = new();
        var stage = new AgentStage(server);
        AITool look = AIFunctionFactory.Create(source.CancelAsync, "look");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AgentStage.RunAsync(stage.Agent("Coder", look), streaming, cancellationToken: source.Token));

        Assert.Equal(["Coder@strong"], server.Steps);
        Assert.Single(stage.Engine.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AfterAStepOfAWorkflow_TheNextAgentsTargetIsNotAsked(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r => LoopbackAnswer.Say($"done by {r.Agent}"));
        using CancellationTokenSource source = new();
        var stage = new AgentStage(server)
        {
            // Workflows pass a cancellation on in their own time; the second agent's decision waits for it.
            Engine = new(async (request, token) =>
            {
                await Task.Delay(source.IsCancellationRequested ? Timeout.Infinite : 0, token);
                return ScriptedRouterEngine.Scores(request.Policies, "code");
            }),
            Options = new() { Deadline = Timeout.InfiniteTimeSpan },
        };
        stage.Client.AfterAnswer = _ => source.CancelAsync();
        Workflow workflow = AgentWorkflowBuilder.BuildSequential([stage.Agent("Drafter"), stage.Agent("Reviewer")]);

        // Whether a cancelled workflow ends or throws is its own affair.
        Exception? error = await Record.ExceptionAsync(
            () => AgentStage.RunAsync(workflow.AsAIAgent(), streaming, cancellationToken: source.Token).WaitAsync(Guard));

        Assert.True(error is null or OperationCanceledException, error?.ToString());
        Assert.Equal(["Drafter@strong"], server.Steps);
    }
}
