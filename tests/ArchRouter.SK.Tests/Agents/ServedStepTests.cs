using ArchRouter.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>Which target serves each step of multi-agent runs, told by the model in the HTTP requests.</summary>
public sealed class ServedStepTests
{
    private static readonly KernelFunction Look = KernelFunctionFactory.CreateFromMethod(() => "some prose", "look");

    public static TheoryData<bool, bool> StreamingAndKind => new() { { false, false }, { true, false }, { false, true }, { true, true } };

    [Theory]
    [MemberData(nameof(StreamingAndKind))]
    public async Task Sequence_EachAgentHasItsOwnTarget(bool streaming, bool clients)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r => LoopbackAnswer.Say($"code and prose by {r.Agent}"));
        using var stage = new KernelStage(server) { Clients = clients };
        KernelAgent[] agents = [stage.Agent("Drafter"), stage.Agent("Reviewer"), stage.Agent("Editor")];

        // Each agent is handed the answer of the one before, in a thread of its own.
        ChatMessageContent message = new(AuthorRole.User, KernelStage.Request);
        foreach (KernelAgent agent in agents)
        {
            message = await agent.InvokeAsync([message], streaming);
        }

        Assert.Equal("code and prose by Editor", message.Content);
        Assert.Equal(["Drafter@strong", "Reviewer@fast", "Editor@strong"], server.Steps);
        Assert.Equal(
            [("Drafter", StepKind.Agent, "code"), ("Reviewer", StepKind.Agent, "prose"), ("Editor", StepKind.Agent, "code")],
            agents.Select(a => Assert.Single(a.Decisions)!).Select(d => (d.AgentName!, d.Step, d.Policy!)));
    }

    [Theory]
    [MemberData(nameof(StreamingAndKind))]
    public async Task GroupChat_EachTurnIsServedByItsAgentsTarget(bool streaming, bool clients)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r =>
            r is { Agent: "Drafter", HasResult: false } ? LoopbackAnswer.Call(r.Tools.Single()) : LoopbackAnswer.Say("only code here"));
        using var stage = new KernelStage(server) { Clients = clients };
        KernelAgent drafter = stage.Agent("Drafter", Look);
        KernelAgent reviewer = stage.Agent("Reviewer");
        ChatHistory thread = [new(AuthorRole.User, KernelStage.Request)];

        foreach (KernelAgent agent in new[] { drafter, reviewer, drafter, reviewer })
        {
            await agent.InvokeAsync(thread, streaming);
        }

        // The connector runs the tool loop inside one decision.
        Assert.Equal(["Drafter@strong", "Drafter@strong", "Reviewer@fast", "Drafter@strong", "Drafter@strong", "Reviewer@fast"], server.Steps);
        Assert.All(drafter.Decisions, d => Assert.Equal((StepKind.Agent, "Drafter", "code"), (d!.Step, d.AgentName, d.Policy)));
        Assert.All(reviewer.Decisions, d => Assert.Equal((StepKind.Agent, "Reviewer", "prose"), (d!.Step, d.AgentName, d.Policy)));
        Assert.All(stage.Engine.Requests, r => Assert.Equal(KernelStage.Request, r.Conversation.Messages[^1].Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GroupChat_OtherAgentsOfRoleUser_AreNotTheRequest(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(_ => LoopbackAnswer.Say("done"));
        using var stage = new KernelStage(server) { Options = o => o.IsUserAuthor = name => name == "Ann" };
        ChatHistory thread = [new(AuthorRole.User, "some code") { AuthorName = "Ann" }, new(AuthorRole.User, "I would rather read prose") { AuthorName = "Critic" }];

        await stage.Agent("Coder").InvokeAsync(thread, streaming);

        Assert.Equal(["Coder@strong"], server.Steps);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "fast")]
    [InlineData(true, "fast")]
    public async Task Handoff_ToolsSurvive_AndTheNextAgentHasItsOwnTarget(bool streaming, string? ownService)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r => r switch
        {
            { Agent: "Lead", HasResult: false } => LoopbackAnswer.Call("tools-look"),
            { Agent: "Lead" } => LoopbackAnswer.Call("HandoffPlugin-transfer_to_Coder"),
            _ => LoopbackAnswer.Say("done"),
        });
        using var stage = new KernelStage(server);
        string? next = null;
        Kernel kernel = stage.Build(b => b.Services.AddSingleton<IAutoFunctionInvocationFilter>(new HandoffFilter()));
        kernel.Plugins.AddFromFunctions("tools", [Look]);
        kernel.Plugins.AddFromFunctions("HandoffPlugin", [KernelFunctionFactory.CreateFromMethod(() => next = "Coder", "transfer_to_Coder")]);
        List<PromptExecutionSettings> settings = [KernelStage.Automatic];
        if (ownService is not null)
        {
            settings.Add(new() { ServiceId = ownService });
        }

        ChatHistory thread = [new(AuthorRole.User, KernelStage.Request)];
        await new KernelAgent("Lead", kernel, new KernelArguments(settings)).InvokeAsync(thread, streaming);
        KernelAgent coder = stage.Agent("Coder");
        ChatMessageContent answer = await coder.InvokeAsync(thread, streaming);

        Assert.Equal(("Coder", "done"), (next, answer.Content));
        Assert.Equal(["Lead@fast", "Lead@fast", "Coder@strong"], server.Steps);
        Assert.Equal(["tools-look", "HandoffPlugin-transfer_to_Coder"], server.Requests[0].Tools);
        Assert.Equal((StepKind.Agent, "Coder", "code"), (coder.Decisions[0]!.Step, coder.Decisions[0]!.AgentName, coder.Decisions[0]!.Policy));
    }

    [Theory]
    [MemberData(nameof(StreamingAndKind))]
    public async Task AgentAsTool_HasItsOwnDecisionAndTarget(bool streaming, bool clients)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r =>
            r is { Agent: "Lead", HasResult: false } ? LoopbackAnswer.Call(r.Tools.Single()) : LoopbackAnswer.Say($"done by {r.Agent}"));
        using var stage = new KernelStage(server) { Clients = clients };
        KernelAgent coder = stage.Agent("Coder");
        KernelFunction ask = KernelFunctionFactory.CreateFromMethod(async () => (await coder.InvokeAsync([new(AuthorRole.User, "some code")], streaming)).Content, "ask_coder");
        KernelAgent lead = stage.Agent("Lead", ask);

        ChatMessageContent answer = await lead.InvokeAsync([new(AuthorRole.User, KernelStage.Request)], streaming);

        Assert.Equal("done by Lead", answer.Content);
        Assert.Equal(["Lead@fast", "Coder@strong", "Lead@fast"], server.Steps);
        Assert.Contains("done by Coder", server.Requests[2].Latest, StringComparison.Ordinal);
        Assert.Equal(("Lead", "prose"), (lead.Decisions.Single()!.AgentName, lead.Decisions.Single()!.Policy));
        Assert.Equal(("Coder", "code"), (coder.Decisions.Single()!.AgentName, coder.Decisions.Single()!.Policy));
        Assert.Equal(2, stage.Engine.Requests.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ConcurrentRuns_DoNotMix(bool streaming)
    {
        await using LoopbackOpenAI server = await LoopbackOpenAI.StartAsync(r =>
            r.HasResult ? LoopbackAnswer.Say($"done by {r.Agent}") : LoopbackAnswer.Call("tools-look"));
        using var stage = new KernelStage(server);
        KernelAgent[] agents = [.. Enumerable.Range(0, 12).Select(i => stage.Agent(i % 2 == 0 ? "Reviewer" : "Coder", Look))];

        ChatMessageContent[] answers = await Task.WhenAll(
            agents.Select(agent => Task.Run(() => agent.InvokeAsync([new(AuthorRole.User, KernelStage.Request)], streaming))));

        Assert.Equal(agents.Select(a => $"done by {a.Name}"), answers.Select(a => a.Content));
        Assert.Equal(24, server.Steps.Count);
        Assert.All(server.Steps, step => Assert.Contains(step, (string[])["Reviewer@fast", "Coder@strong"]));
        Assert.All(agents, a => Assert.Equal(a.Name == "Reviewer" ? "prose" : "code", Assert.Single(a.Decisions)!.Policy));
    }

    /// <summary>Ends the tool loop after a transfer, as handoff orchestrations do.</summary>
    private sealed class HandoffFilter : IAutoFunctionInvocationFilter
    {
        public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
        {
            await next(context);
            context.Terminate |= context.Function.PluginName == "HandoffPlugin";
        }
    }
}
