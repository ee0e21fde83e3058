using ArchRouter.TestDoubles;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>Agents that are cancelled in the middle, over the real connector and a real server.</summary>
public sealed class AgentCancellationTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhileRouting_NoTargetIsAsked_AndTheThreadGoesOn(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(_ => LoopbackAnswer.Say("done"));
        using CancellationTokenSource source = new();
        using var stage = new KernelStage(server)
        {
            Engine = new(async (request, token) =>
            {
                if (token.CanBeCanceled && !source.IsCancellationRequested)
                {
                    await source.CancelAsync();
                    await Task.Delay(Timeout.Infinite, token);
                }

                return ScriptedRouterEngine.Scores(request.Policies, "code");
            }),
        };
        KernelAgent agent = stage.Agent("Coder");
        ChatHistory thread = [new(AuthorRole.User, "one")];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent.InvokeAsync(thread, streaming, source.Token));
        Assert.Empty(server.Requests);
        Assert.Equal(["one"], thread.Select(m => m.Content));

        await agent.InvokeAsync(thread, streaming);
        Assert.Equal(["Coder@strong"], server.Steps);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhileTheTargetAnswers_ItIsLetGo_AndTheThreadGoesOn(bool streaming)
    {
        using CancellationTokenSource source = new();
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(async (request, connection) =>
        {
            if (source.IsCancellationRequested)
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
        using var stage = new KernelStage(server);
        KernelAgent agent = stage.Agent("Coder");
        agent.AfterUpdate = source.CancelAsync;
        ChatHistory thread = [new(AuthorRole.User, "some code")];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent.InvokeAsync(thread, streaming, source.Token));
        await server.Aborted.WaitAsync(Guard);
        Assert.Equal(["some code"], thread.Select(m => m.Content));

        await agent.InvokeAsync(thread, streaming);
        Assert.Equal(["some code", "done"], thread.Select(m => m.Content));
        Assert.Equal(["Coder@strong", "Coder@strong"], server.Steps);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InATool_TheLoopEnds_AndItsMessagesStay(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r => r.HasResult ? LoopbackAnswer.Say("done") : LoopbackAnswer.Call("tools-look"));
        using CancellationTokenSource source = new();
        using var stage = new KernelStage(server);
        Kernel kernel = stage.Build();
        kernel.Plugins.AddFromFunctions("tools", [KernelFunctionFactory.CreateFromMethod(
            async () =>
            {
                await source.CancelAsync();
                return "seen";
            },
            "look")]);
        ChatHistory history = [new(AuthorRole.User, "some code")];
        IChatCompletionService service = kernel.GetRequiredService<IChatCompletionService>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask.ServiceAsync(service, history, streaming, KernelStage.Automatic, kernel, token: source.Token));
        Assert.Equal([AuthorRole.User, AuthorRole.Assistant, AuthorRole.Tool], history.Select(m => m.Role));

        // The turn goes on where it was left, with the target that it had.
        (string text, RoutingDecision? decision) = await Ask.ServiceAsync(service, history, streaming, KernelStage.Automatic, kernel);
        Assert.Equal(("done", StepKind.ToolIteration, RoutingOutcome.Pinned), (text, decision!.Step, decision.Outcome));
        Assert.Equal(["nobody@strong", "nobody@strong"], server.Steps);
        Assert.Single(stage.Engine.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BetweenSteps_TheNextAgentIsNotAsked(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(_ => LoopbackAnswer.Say("done"));
        using CancellationTokenSource source = new();
        using var stage = new KernelStage(server);
        ChatHistory thread = [new(AuthorRole.User, KernelStage.Request)];
        await stage.Agent("Drafter").InvokeAsync(thread, streaming, source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.Agent("Reviewer").InvokeAsync(thread, streaming, source.Token));

        Assert.Equal(["Drafter@strong"], server.Steps);
        Assert.Equal([KernelStage.Request, "done"], thread.Select(m => m.Content));
        Assert.Single(stage.Engine.Requests);
    }
}
