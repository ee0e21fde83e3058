using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Routing;

public class OutcomeTests
{
    [Fact]
    public async Task Matched_DescribesTheWholeDecision()
    {
        RoutingDecision decision = await Given.Router().RouteAsync(Given.Request("write code"));

        Assert.Equal((RoutingOutcome.Matched, "code", null, null), (decision.Outcome, decision.Policy, decision.Domain, decision.Rule));
        Assert.Equal(["strong", "fast"], decision.Targets.Select(t => t.ServiceId));
        Assert.Equal(["code", "chat", "other"], decision.Alternatives.Select(a => a.Name));
        Assert.Equal([0.9, 0.05, 0.05], decision.Alternatives.Select(a => a.Probability));
        Assert.Equal((0.9, 0.85), (decision.Probability!.Value, decision.Margin!.Value), new Near());
        Assert.Equal(("scripted", RouterTier.Custom), (decision.EngineId, decision.Tier!.Value));
        Assert.Equal(Given.Table.Version, decision.TableVersion);
        Assert.Null(decision.Error);
    }

    [Fact]
    public async Task NoMatch_WhenTheEngineSaysOther()
    {
        RoutingDecision decision = await Given.Router().RouteAsync(Given.Request("weather"));

        Assert.Equal((RoutingOutcome.NoMatch, null, "rest", "other"), (decision.Outcome, decision.Policy, decision.Target.ServiceId, decision.Alternatives[0].Name));
    }

    [Fact]
    public async Task LowConfidence_WhenThresholdsAreMissed()
    {
        RouteTable table = RouteTable.Create(r =>
        {
            Given.Routes(r);
            r.Thresholds(minimumProbability: 0.95);
        });

        RoutingDecision decision = await Given.Router(table: table).RouteAsync(Given.Request("code"));

        Assert.Equal((RoutingOutcome.LowConfidence, null, "rest"), (decision.Outcome, decision.Policy, decision.Target.ServiceId));
        Assert.Equal("code", decision.Alternatives[0].Name);
    }

    [Fact]
    public async Task MatchedDomain_WhenOnlyTheDomainIsClear()
    {
        RouteTable table = RouteTable.Create(r => r
            .Route("a", "A", domain: "d").Route("b", "B", domain: "d").Domain("d", "expert").Fallback("rest").Thresholds(minimumMargin: 0.1));

        RoutingDecision decision = await Given.Router(Given.Scoring(0.45, 0.45, 0.1), table).RouteAsync(Given.Request("hi"));

        Assert.Equal((RoutingOutcome.MatchedDomain, null, "d", "expert"), (decision.Outcome, decision.Policy, decision.Domain, decision.Target.ServiceId));
    }

    public static TheoryData<ChatMessage[]> WithoutRequest => new(
        [],
        [new(ChatRole.System, "code")],
        [new(ChatRole.Assistant, " ")],
        [new(ChatRole.User, "  ")]);

    [Fact]
    public async Task AgentsAnswerAlone_IsRoutedBy()
    {
        ConversationWindow window = Given.Window([new(ChatRole.System, "You review."), new(ChatRole.Assistant, "code")]);

        RoutingDecision decision = await Given.Router(ScriptedRouterEngine.ByMention()).RouteAsync(new() { Conversation = window });

        Assert.Equal((RoutingOutcome.Matched, ConversationRole.Assistant), (decision.Outcome, window.Messages[^1].Role));
    }

    [Theory]
    [MemberData(nameof(WithoutRequest))]
    public async Task NoUserMessage_AsksNoEngine(ChatMessage[] messages)
    {
        ScriptedRouterEngine engine = ScriptedRouterEngine.ByMention();

        RoutingDecision decision = await Given.Router(engine).RouteAsync(new() { Conversation = Given.Window(messages) });

        Assert.Equal((RoutingOutcome.NoUserMessage, "rest"), (decision.Outcome, decision.Target.ServiceId));
        Assert.Empty(engine.Requests);
    }

    [Fact]
    public async Task NoPolicies_AskNoEngine()
    {
        ScriptedRouterEngine engine = ScriptedRouterEngine.ByMention();

        RoutingDecision decision = await Given.Router(engine, RouteTable.Create(r => r.Fallback("rest"))).RouteAsync(Given.Request("code"));

        Assert.Equal((RoutingOutcome.NoMatch, null), (decision.Outcome, decision.Probability));
        Assert.Empty(engine.Requests);
    }

    public static TheoryData<string, IRouterEngine> Broken => new()
    {
        { "throws", ScriptedRouterEngine.Failing(new IOException("disk")) },
        { "throws at once", new ScriptedRouterEngine((_, _) => throw new IOException("disk")) },
        { "throws later", new ScriptedRouterEngine(async (_, _) => { await Task.Yield(); throw new IOException("disk"); }) },
        { "cancels itself", ScriptedRouterEngine.Failing(new OperationCanceledException()) },
        { "returns null", new ScriptedRouterEngine((_, _) => ValueTask.FromResult<PolicyScores>(null!)) },
        { "scores others", new ScriptedRouterEngine((_, _) => ValueTask.FromResult(ScriptedRouterEngine.Scores(new PolicySet([new("a", "A")]), "a"))) },
        { "scores another order", new ScriptedRouterEngine((r, _) => ValueTask.FromResult(ScriptedRouterEngine.Scores(new PolicySet(r.Policies.Reverse()), "code"))) },
        { "scores NaN", new ScriptedRouterEngine((r, _) => ValueTask.FromResult(PolicyScores.FromLogits(r.Policies, [double.NaN, 0], 0, "nan"))) },
        { "scores too few", new ScriptedRouterEngine((r, _) => ValueTask.FromResult(new PolicyScores(r.Policies, [1], 0, "few"))) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task EngineFailed_ServesTheFallbackAndCarriesTheError(string how, IRouterEngine engine)
    {
        RoutingDecision decision = await Given.Router(engine).RouteAsync(Given.Request("code"));

        Assert.Equal((RoutingOutcome.EngineFailed, "rest", how), (decision.Outcome, decision.Target.ServiceId, how));
        Assert.NotNull(decision.Error);
        Assert.Null(decision.Policy);
    }

    [Fact]
    public async Task EngineFailed_NamesTheMemberThatBrokeItsContract()
    {
        var engine = new ScriptedRouterEngine((_, _) => ValueTask.FromResult<PolicyScores>(null!));

        RoutingDecision decision = await Given.Router(engine).RouteAsync(Given.Request("code"));

        Assert.Equal(
            "ScriptedRouterEngine.ScoreAsync did not return scores for the policies it was asked about.",
            Assert.IsType<InvalidOperationException>(decision.Error).Message);
    }

    [Fact]
    public async Task EngineFailed_WhenARulesPredicateThrows()
    {
        RouteTable table = RouteTable.Create(r =>
        {
            Given.Routes(r);
            r.Rule("broken", new() { Predicate = _ => throw new FormatException("no") }, "fast");
        });

        RoutingDecision decision = await Given.Router(table: table).RouteAsync(Given.Request("code"));

        Assert.Equal((RoutingOutcome.EngineFailed, "rest"), (decision.Outcome, decision.Target.ServiceId));
        Assert.IsType<FormatException>(decision.Error);
    }

    [Fact]
    public async Task Overloaded_WhenTheEngineRefuses()
    {
        RoutingDecision decision = await Given.Router(ScriptedRouterEngine.Failing(new RouterOverloadedException())).RouteAsync(Given.Request("code"));

        Assert.Equal((RoutingOutcome.Overloaded, "rest"), (decision.Outcome, decision.Target.ServiceId));
    }

    private sealed class Near : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 1e-9 && Math.Abs(x.Item2 - y.Item2) < 1e-9;

        public int GetHashCode((double, double) obj) => 0;
    }
}
