namespace ArchRouter.Tests.Routing;

public class DecisionReasonTests
{
    private static readonly RoutingDecision Base = new()
    {
        Outcome = RoutingOutcome.Matched,
        Policy = "code",
        Targets = [new RouteTarget("strong")],
        TableVersion = "0",
        Probability = 0.8251,
        Margin = 0.7,
        Alternatives = [new("code", 0.8251), new("chat", 0.1)],
    };

    public static TheoryData<RoutingDecision, string> Reasons => new()
    {
        { Base, "policy 'code' at 0.83, next 'chat' 0.10 → strong" },
        { Base with { Alternatives = [new("code", 1)] }, "policy 'code' at 0.83 → strong" },
        { Base with { Outcome = RoutingOutcome.MatchedDomain, Policy = null, Domain = "software" }, "no single policy is clear, but domain 'software' is at 0.83 → strong" },
        { Base with { Outcome = RoutingOutcome.NoMatch, Policy = null, Probability = null, Alternatives = [] }, "no policies to match → fallback strong" },
        { Base with { Outcome = RoutingOutcome.NoMatch, Policy = null, Alternatives = [new("other", 0.83), new("chat", 0.1)] }, "no policy fits ('other' at 0.83, next 'chat' 0.10) → fallback strong" },
        { Base with { Outcome = RoutingOutcome.LowConfidence, Policy = null }, "no policy is clear (best 'code' at 0.83, margin 0.70) → fallback strong" },
        { Base with { Outcome = RoutingOutcome.LowConfidence, Policy = null, Alternatives = [] }, "no policy is clear (best at 0.83, margin 0.70) → fallback strong" },
        { Base with { Outcome = RoutingOutcome.Explicit }, "the request names strong" },
        { Base with { Outcome = RoutingOutcome.Pinned, PinnedOutcome = RoutingOutcome.Matched }, "same user turn as before: policy 'code' at 0.83, next 'chat' 0.10 → strong" },
        { Base with { Outcome = RoutingOutcome.Rule, Rule = "images" }, "rule 'images' → strong" },
        { Base with { Outcome = RoutingOutcome.NoUserMessage }, "no user message to route by → fallback strong" },
        { Base with { Outcome = RoutingOutcome.TimedOut }, "the router model passed its deadline → fallback strong" },
        { Base with { Outcome = RoutingOutcome.Overloaded }, "too many requests wait for the router model → fallback strong" },
        { Base with { Outcome = RoutingOutcome.EngineFailed, Error = new IOException("disk\r\nfull") }, "routing failed (IOException: disk) → fallback strong" },
        { Base with { ServedBy = "fast" }, "policy 'code' at 0.83, next 'chat' 0.10 → strong; strong failed, fast answered" },
        { Base with { ServedBy = "strong" }, "policy 'code' at 0.83, next 'chat' 0.10 → strong" },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Reason_SaysWhyInOneLine(RoutingDecision decision, string reason)
    {
        Assert.Equal(reason, decision.Reason);
        Assert.Equal(reason, decision.ToString());
    }

    [Fact]
    public void EveryOutcome_HasAReason() =>
        Assert.All(Enum.GetValues<RoutingOutcome>(), o => Assert.Contains("strong", (Base with { Outcome = o }).Reason, StringComparison.Ordinal));

    [Fact]
    public void Numbers_DoNotDependOnTheCulture()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
            Assert.StartsWith("policy 'code' at 0.83,", Base.Reason, StringComparison.Ordinal);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
