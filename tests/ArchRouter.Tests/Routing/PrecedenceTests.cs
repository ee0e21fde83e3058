using ArchRouter.TestDoubles;

namespace ArchRouter.Tests.Routing;

/// <summary>Explicit choice, then the pinned turn, then rules, then the engine, then the fallback.</summary>
public class PrecedenceTests
{
    private static readonly RouteTable Ruled = RouteTable.Create(r =>
    {
        Given.Routes(r);
        r.Rule("never", new() { Agent = "nobody" }, "never");
        r.Rule("bots", new() { Agent = "bot*" }, "rule");
        r.Rule("later", new() { Agent = "bot7" }, "later");
    });

    private static RouteContext Everything(string? explicitTarget, string agent) => new()
    {
        Conversation = Given.Continuation("code").Conversation,
        ExplicitTarget = explicitTarget,
        AgentName = agent,
    };

    [Fact]
    public async Task Precedence_IsExplicitThenPinThenRuleThenEngineThenFallback()
    {
        ScriptedRouterEngine engine = ScriptedRouterEngine.ByMention();
        PreferenceRouter router = Given.Router(engine, Ruled);

        Assert.Equal(RoutingOutcome.Rule, (await router.RouteAsync(Everything(null, "bot7"))).Outcome);
        Assert.Equal(RoutingOutcome.Pinned, (await router.RouteAsync(Everything(null, "bot7"))).Outcome);
        Assert.Equal(RoutingOutcome.Explicit, (await router.RouteAsync(Everything("x", "bot7"))).Outcome);
        Assert.Empty(engine.Requests);

        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(Given.Request("code"))).Outcome);
        RoutingDecision fallback = await router.RouteAsync(Given.Request("weather"));
        Assert.Equal((RoutingOutcome.NoMatch, "rest"), (fallback.Outcome, fallback.Target.ServiceId));
        Assert.Equal(2, engine.Requests.Count);
    }

    [Fact]
    public async Task Explicit_TakesTheDeclaredTargetOrANewOne()
    {
        RouteTable table = RouteTable.Create(r => r.Fallback("fast").Target(new("fast") { ContextLength = 8 }));
        PreferenceRouter router = Given.Router(table: table);

        Assert.Same(table.Fallback[0], (await router.RouteAsync(new() { ExplicitTarget = "fast" })).Target);
        Assert.Equal("elsewhere", Assert.Single((await router.RouteAsync(new() { ExplicitTarget = "elsewhere" })).Targets).ServiceId);
    }

    [Fact]
    public async Task Explicit_IsNotSecondGuessedByCapabilities()
    {
        RouteTable table = RouteTable.Create(r => r.Fallback("able").Target(new("able")).Target(new("plain") { Capabilities = 0 }).Route("a", "A", "plain"));

        RoutingDecision decision = await Given.Router(table: table).RouteAsync(new() { ExplicitTarget = "plain", Needs = TargetCapabilities.Tools });

        Assert.Equal("plain", decision.Target.ServiceId);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Explicit_EmptyIsTheSameAsNone(string explicitTarget) =>
        Assert.Equal(RoutingOutcome.NoUserMessage, (await Given.Router().RouteAsync(new() { ExplicitTarget = explicitTarget })).Outcome);

    [Fact]
    public async Task Explicit_ComesBeforeAnUnknownTable() =>
        Assert.Equal(RoutingOutcome.Explicit, (await Given.Router().RouteAsync(new() { ExplicitTarget = "fast", TableName = "none" })).Outcome);

    [Fact]
    public async Task Rule_FirstThatHoldsServes()
    {
        RoutingDecision decision = await Given.Router(table: Ruled).RouteAsync(new() { AgentName = "bot7" });

        Assert.Equal((RoutingOutcome.Rule, "bots", "rule"), (decision.Outcome, decision.Rule, decision.Target.ServiceId));
        Assert.Null(decision.Probability);
        Assert.Empty(decision.Alternatives);
    }
}
