using ArchRouter.TestDoubles;

namespace ArchRouter.Tests.Routing;

public class AllowedPoliciesTests
{
    private static readonly RouteTable Table = RouteTable.Create(r => r
        .Route("code", "Writing code", "coder", domain: "software")
        .Route("review", "Reviewing code", "critic", domain: "software")
        .Route("chat", "Small talk", "talker")
        .Domain("software", "generalist")
        .Agent("Reviewer", ["review", "code"])
        .Agent("team-*", ["code", "chat"])
        .Agent("*-bot", ["chat"])
        .Rule("images", new() { HasImage = true }, "vision")
        .Thresholds(minimumProbability: 0.5)
        .Fallback("rest"));

    private readonly ScriptedRouterEngine _engine = ScriptedRouterEngine.ByMention();

    [Theory]
    [InlineData(null, null, "code,review,chat")]
    [InlineData(null, "chat,code", "code,chat")]
    [InlineData(null, "CHAT,unknown", "chat")]
    [InlineData("reviewer", null, "code,review")]
    [InlineData("reviewer", "chat,review", "review")]
    [InlineData("team-lead", null, "code,chat")]
    [InlineData("team-bot", null, "chat")]
    [InlineData("team-bot", "review,chat", "chat")]
    [InlineData("stranger", null, "code,review,chat")]
    [InlineData("stranger", "review", "review")]
    [InlineData("", "review", "review")]
    public async Task Engine_IsAskedAboutWhatBothAllow(string? agent, string? allowed, string asked)
    {
        RoutingDecision decision = await RouteAsync("weather", agent, allowed?.Split(','));

        Assert.Equal(asked, string.Join(',', Assert.Single(_engine.Requests).Policies.Select(p => p.Name)));
        Assert.Equal(asked.Split(',').Append("other").Order(), decision.Alternatives.Select(a => a.Name).Order());
        Assert.Equal(1, decision.Alternatives.Sum(a => a.Probability), 6);
    }

    [Theory]
    [InlineData("reviewer", "chat")]
    [InlineData("stranger", "")]
    [InlineData(null, "unknown")]
    [InlineData("team-bot", "code")]
    public async Task NothingAllowed_IsTheFallback_AndAsksNoEngine(string? agent, string allowed)
    {
        RoutingDecision decision = await RouteAsync("code", agent, allowed.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((RoutingOutcome.NoMatch, "rest", null), (decision.Outcome, decision.Target.ServiceId, decision.Probability));
        Assert.Equal("no policies to match → fallback rest", decision.Reason);
        Assert.Empty(_engine.Requests);
    }

    [Fact]
    public async Task Match_HasTheTargetsOfItsOwnPolicy()
    {
        RoutingDecision decision = await RouteAsync("chat, code and review", agent: null, ["review", "chat"]);

        Assert.Equal(("review", "software", "critic"), (decision.Policy, decision.Domain, decision.Target.ServiceId));
    }

    [Fact]
    public async Task Domain_AddsUpWhatIsAllowedOnly()
    {
        // Of all: code 0.3, review 0.3, chat 0.2, other 0.2. Without review, the domain has too little.
        PreferenceRouter router = Given.Router(
            new ScriptedRouterEngine((r, _) => ValueTask.FromResult(r.Policies.Count == 3
                ? new PolicyScores(r.Policies, [0.3, 0.3, 0.2], 0.2, "scripted")
                : new PolicyScores(r.Policies, [0.4, 0.3], 0.3, "scripted"))),
            Table);

        RoutingDecision all = await router.RouteAsync(Given.Request("x"));
        RoutingDecision some = await router.RouteAsync(new() { Conversation = Given.Request("x").Conversation, AllowedPolicies = ["code", "chat"] });

        Assert.Equal((RoutingOutcome.MatchedDomain, "generalist"), (all.Outcome, all.Target.ServiceId));
        Assert.Equal((RoutingOutcome.LowConfidence, "rest"), (some.Outcome, some.Target.ServiceId));
    }

    [Fact]
    public async Task Rules_AndExplicitTargets_AreNotLimited()
    {
        PreferenceRouter router = Given.Router(_engine, Table);

        RoutingDecision rule = await router.RouteAsync(new() { Conversation = Given.Image().Conversation, AllowedPolicies = [] });
        RoutingDecision named = await router.RouteAsync(new() { Conversation = Given.Image().Conversation, AllowedPolicies = [], ExplicitTarget = "talker" });

        Assert.Equal((RoutingOutcome.Rule, "vision"), (rule.Outcome, rule.Target.ServiceId));
        Assert.Equal((RoutingOutcome.Explicit, "talker"), (named.Outcome, named.Target.ServiceId));
    }

    [Fact]
    public async Task UnreadableList_AllowsNothing_AndSaysSo()
    {
        PreferenceRouter router = Given.Router(_engine, Table);
        var error = new IOException();

        RoutingDecision decision = await router.RouteAsync(new() { Conversation = Given.Request("code").Conversation, AllowedPolicies = new UnreadableNames(error) });
        RoutingDecision ruled = await router.RouteAsync(new() { Conversation = Given.Image().Conversation, AllowedPolicies = new UnreadableNames(error) });

        Assert.Equal((RoutingOutcome.EngineFailed, "rest"), (decision.Outcome, decision.Target.ServiceId));
        Assert.Same(error, decision.Error!.InnerException);
        Assert.Equal((RoutingOutcome.Rule, "vision"), (ruled.Outcome, ruled.Target.ServiceId));
        Assert.Empty(_engine.Requests);
    }

    [Fact]
    public async Task Turn_IsNotSharedWithACallThatMayMatchOthers()
    {
        PreferenceRouter router = Given.Router(_engine, Table);
        RouteContext Step(params string[] allowed) => new() { Conversation = Given.Continuation("code and chat").Conversation, AllowedPolicies = allowed };

        RoutingDecision first = await router.RouteAsync(Step("code", "review"));
        RoutingDecision other = await router.RouteAsync(Step("chat"));
        RoutingDecision same = await router.RouteAsync(Step("Review", "code", "unknown"));

        Assert.Equal(("code", "chat", "code"), (first.Policy, other.Policy, same.Policy));
        Assert.Equal((RoutingOutcome.Matched, RoutingOutcome.Matched, RoutingOutcome.Pinned), (first.Outcome, other.Outcome, same.Outcome));
    }

    private ValueTask<RoutingDecision> RouteAsync(string text, string? agent, IReadOnlyCollection<string>? allowed) => Given.Router(_engine, Table).RouteAsync(
        new() { Conversation = Given.Request(text).Conversation, AgentName = agent, AllowedPolicies = allowed });

    private sealed class UnreadableNames(Exception error) : IReadOnlyCollection<string>
    {
        public int Count => throw error;

        public IEnumerator<string> GetEnumerator() => throw error;

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw error;
    }
}
