using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Routing;

public class StepKindTests
{
    private static readonly ChatMessage User = new(ChatRole.User, "code");
    private static readonly ChatMessage Result = new(ChatRole.Tool, [new FunctionResultContent("1", "noon")]);

    private readonly ScriptedRouterEngine _engine = ScriptedRouterEngine.ByMention();

    [Fact]
    public void Step_IsWhatConversationAndNameTell()
    {
        Assert.Equal(StepKind.Call, StepOf(null));
        Assert.Equal(StepKind.Call, StepOf(null, User));
        Assert.Equal(StepKind.Call, StepOf("", User));
        Assert.Equal(StepKind.Agent, StepOf("coder", User));
        Assert.Equal(StepKind.ToolIteration, StepOf(null, User, Call(null), Result));
        Assert.Equal(StepKind.ToolIteration, StepOf("coder", User, Call(null), Result));
        Assert.Equal(StepKind.ToolIteration, StepOf("coder", User, Call("Coder"), Result));
        Assert.Equal(StepKind.ToolIteration, StepOf(null, User, Call("coder"), Result));
    }

    [Fact]
    public void Step_AfterAnotherAgentsToolsIsTheAgentsOwn() => Assert.Equal(StepKind.Agent, StepOf("coder", User, Call("lead"), Result));

    [Fact]
    public void Step_AfterToolsAndAnAnswerIsNoIteration()
    {
        ChatMessage answer = new(ChatRole.Assistant, "noon") { AuthorName = "lead" };

        Assert.Equal(StepKind.Agent, StepOf("coder", User, Call("lead"), Result, answer));
        Assert.Equal(StepKind.Agent, StepOf("lead", User, Call("lead"), Result, answer));
        Assert.Equal(StepKind.Call, StepOf(null, User, Call(null), Result, new ChatMessage(ChatRole.User, "and now?")));
    }

    [Fact]
    public void Step_LooksPastWhatTheSystemAdds() =>
        Assert.Equal(StepKind.ToolIteration, StepOf("coder", User, Call("coder"), Result, new ChatMessage(ChatRole.System, "Be brief.")));

    [Fact]
    public void Step_OfToolResultsAloneIsAnIteration() => Assert.Equal(StepKind.ToolIteration, StepOf(null, Result));

    [Theory]
    [InlineData(StepKind.Call, "calls")]
    [InlineData(StepKind.Agent, "agents")]
    [InlineData(StepKind.ToolIteration, "iterations")]
    public async Task Rule_HoldsForItsStep(StepKind step, string target)
    {
        RouteTable table = RouteTable.Create(r => r
            .Route("code", "C", "coder")
            .Rule("c", new() { Step = StepKind.Call }, "calls")
            .Rule("a", new() { Step = StepKind.Agent }, "agents")
            .Rule("t", new() { Step = StepKind.ToolIteration }, "iterations")
            .Fallback("rest"));
        RouteContext context = new()
        {
            Conversation = step == StepKind.ToolIteration ? Given.Continuation("code").Conversation : Given.Request("code").Conversation,
            AgentName = step == StepKind.Agent ? "coder" : null,
        };

        RoutingDecision decision = await Given.Router(_engine, table).RouteAsync(context);

        Assert.Equal((RoutingOutcome.Rule, target, step), (decision.Outcome, decision.Target.ServiceId, decision.Step));
        Assert.Empty(_engine.Requests);
    }

    [Fact]
    public async Task RuleForIterations_ComesBeforeTheKeptDecision_AndLeavesItAlone()
    {
        bool on = true;
        RouteTable table = RouteTable.Create(r => r
            .Route("code", "C", "coder")
            .Rule("t", new() { Step = StepKind.ToolIteration, Predicate = _ => on }, "iterations", orElse: ["spare"])
            .Fallback("rest"));
        PreferenceRouter router = Given.Router(_engine, table);

        RoutingDecision first = await router.RouteAsync(Given.Request("code"));
        RoutingDecision second = await router.RouteAsync(Given.Continuation("code"));
        router.Served(Given.Continuation("code"), second, second.Targets[1]);
        on = false;
        RoutingDecision third = await router.RouteAsync(Given.Continuation("code"));

        Assert.Equal(["coder", "iterations", "coder"], new[] { first, second, third }.Select(d => d.Target.ServiceId));
        Assert.Equal([RoutingOutcome.Matched, RoutingOutcome.Rule, RoutingOutcome.Pinned], new[] { first, second, third }.Select(d => d.Outcome));
        Assert.Single(_engine.Requests);
    }

    [Fact]
    public async Task OtherRule_IsKeptByIterations()
    {
        RouteTable table = RouteTable.Create(r => r.Rule("a", new() { Step = StepKind.Agent }, "agents").Fallback("rest"));
        PreferenceRouter router = Given.Router(_engine, table);

        await router.RouteAsync(new() { Conversation = Given.Request("code").Conversation, AgentName = "coder" });
        RoutingDecision step = await router.RouteAsync(new() { Conversation = Given.Continuation("code").Conversation, AgentName = "coder" });

        Assert.Equal((RoutingOutcome.Pinned, "agents", StepKind.ToolIteration), (step.Outcome, step.Target.ServiceId, step.Step));
    }

    [Fact]
    public async Task EveryDecision_SaysWhoCalled()
    {
        static RouteContext By(RouteContext context, string? target = null, string? table = null) => new()
        {
            Conversation = context.Conversation, ExplicitTarget = target, TableName = table, AgentName = "coder", PluginName = "team", FunctionName = "write",
        };

        PreferenceRouter router = Given.Router(_engine);
        RoutingDecision[] decisions =
        [
            await router.RouteAsync(By(Given.Request("code"))),
            await router.RouteAsync(By(Given.Continuation("code"))),
            await router.RouteAsync(By(Given.Request("code"), target: "fast")),
            await router.RouteAsync(By(Given.Request("code"), table: "unknown")),
            await router.RouteAsync(By(new())),
        ];

        Assert.Equal(
            [RoutingOutcome.Matched, RoutingOutcome.Pinned, RoutingOutcome.Explicit, RoutingOutcome.EngineFailed, RoutingOutcome.NoUserMessage],
            decisions.Select(d => d.Outcome));
        Assert.All(decisions, d => Assert.Equal(("coder", "team", "write"), (d.AgentName, d.PluginName, d.FunctionName)));
        Assert.Equal([StepKind.Agent, StepKind.ToolIteration, StepKind.Agent, StepKind.Agent, StepKind.Agent], decisions.Select(d => d.Step));
    }

    private static ChatMessage Call(string? author) => new(ChatRole.Assistant, [new FunctionCallContent("1", "now")]) { AuthorName = author };

    private static StepKind StepOf(string? agent, params ChatMessage[] messages) =>
        new RouteContext { Conversation = Given.Window(messages), AgentName = agent }.Step;
}
