namespace ArchRouter.Tests.Routing;

public class DecisionRuleTests
{
    /// <summary>Two actions in a domain with a target, one in a domain without, one in none.</summary>
    private static RouteTable Table(double minimumProbability = 0, double minimumMargin = 0) => RouteTable.Create(r => r
        .Route("sql", "Queries", to: "strong", domain: "software")
        .Route("code", "Programs", to: "strong", domain: "software")
        .Route("poem", "Poems", to: "fast", domain: "art")
        .Route("chat", "Small talk", to: "fast")
        .Domain("software", to: "coder")
        .Fallback("rest")
        .Thresholds(minimumProbability, minimumMargin));

    private static DecisionRule.Match Decide(RouteTable table, params double[] probabilities) =>
        DecisionRule.Decide(table, table.Subsets.All, new PolicyScores(table.Policies, probabilities.AsSpan(..^1), probabilities[^1], "test"));

    [Fact]
    public void MostProbablePolicy_Matches()
    {
        DecisionRule.Match match = Decide(Table(), 0.1, 0.1, 0.1, 0.6, 0.1);

        Assert.Equal((RoutingOutcome.Matched, 3, null), (match.Outcome, match.PolicyIndex, match.Domain));
        Assert.Equal(0.6, match.Probability);
        Assert.Equal(0.5, match.Margin, 9);
        Assert.Equal("fast", Assert.Single(match.Targets).ServiceId);
    }

    [Fact]
    public void MatchedPolicy_CarriesItsDomain() => Assert.Equal("art", Decide(Table(), 0, 0, 0.9, 0, 0.1).Domain);

    [Fact]
    public void Other_WhenMostProbableMatchesNothing()
    {
        DecisionRule.Match match = Decide(Table(), 0.1, 0.1, 0.1, 0.2, 0.5);

        Assert.Equal((RoutingOutcome.NoMatch, -1), (match.Outcome, match.PolicyIndex));
        Assert.Equal(0.5, match.Probability);
        Assert.Equal(0.3, match.Margin, 9);
        Assert.Equal("rest", Assert.Single(match.Targets).ServiceId);
    }

    [Fact]
    public void TieWithOther_MatchesNothing() => Assert.Equal(RoutingOutcome.NoMatch, Decide(Table(), 0, 0, 0, 0.5, 0.5).Outcome);

    [Fact]
    public void TieOfPolicies_GoesToTheFirst()
    {
        DecisionRule.Match match = Decide(Table(), 0, 0, 0.5, 0.5, 0);

        Assert.Equal((RoutingOutcome.Matched, 2, 0.0), (match.Outcome, match.PolicyIndex, match.Margin));
    }

    [Theory]
    [InlineData(0.6, RoutingOutcome.Matched)]
    [InlineData(0.61, RoutingOutcome.LowConfidence)]
    public void MinimumProbability_IsInclusive(double minimum, RoutingOutcome outcome) =>
        Assert.Equal(outcome, Decide(Table(minimumProbability: minimum), 0.1, 0.1, 0.1, 0.6, 0.1).Outcome);

    [Theory]
    [InlineData(0.25, RoutingOutcome.Matched)]
    [InlineData(0.26, RoutingOutcome.LowConfidence)]
    public void MinimumMargin_IsInclusiveAndCountsOther(double minimum, RoutingOutcome outcome)
    {
        Assert.Equal(outcome, Decide(Table(minimumMargin: minimum), 0, 0, 0.25, 0.5, 0.25).Outcome);
        Assert.Equal(outcome, Decide(Table(minimumMargin: minimum), 0.125, 0.125, 0, 0.5, 0.25).Outcome);
    }

    [Fact]
    public void LowConfidence_CarriesTheBestPolicysNumbersAndTheFallback()
    {
        DecisionRule.Match match = Decide(Table(minimumProbability: 0.9), 0, 0, 0.25, 0.5, 0.25);

        Assert.Equal((RoutingOutcome.LowConfidence, -1, null, 0.5, 0.25), (match.Outcome, match.PolicyIndex, match.Domain, match.Probability, match.Margin));
        Assert.Equal("rest", match.Targets[0].ServiceId);
    }

    [Fact]
    public void Domain_ServesWhenNoActionIsClearButTheDomainIs()
    {
        DecisionRule.Match match = Decide(Table(minimumMargin: 0.2), 0.375, 0.375, 0, 0, 0.25);

        Assert.Equal((RoutingOutcome.MatchedDomain, -1, "software"), (match.Outcome, match.PolicyIndex, match.Domain));
        Assert.Equal((0.75, 0.5), (match.Probability, match.Margin));
        Assert.Equal("coder", Assert.Single(match.Targets).ServiceId);
    }

    [Fact]
    public void Domain_ServesWhenTogetherItsActionsBeatOther() =>
        Assert.Equal(RoutingOutcome.MatchedDomain, Decide(Table(), 0.3, 0.3, 0, 0, 0.4).Outcome);

    [Theory]
    [InlineData(0.25, 0.25, 0.0, 0.0, 0.5)]  // other is as probable
    [InlineData(0.25, 0.25, 0.0, 0.5, 0.0)]  // a policy of no domain is as probable
    [InlineData(0.25, 0.25, 0.5, 0.0, 0.0)]  // another domain is as probable
    public void Domain_DoesNotServeWhenAnythingElseIsAsProbable(double sql, double code, double poem, double chat, double other) =>
        Assert.NotEqual(RoutingOutcome.MatchedDomain, Decide(Table(minimumProbability: 0.6), sql, code, poem, chat, other).Outcome);

    [Fact]
    public void Domain_IsHeldToTheThresholds()
    {
        Assert.Equal(RoutingOutcome.NoMatch, Decide(Table(minimumProbability: 0.7), 0.3, 0.3, 0, 0, 0.4).Outcome);
        Assert.Equal(RoutingOutcome.NoMatch, Decide(Table(minimumMargin: 0.3), 0.3, 0.3, 0, 0, 0.4).Outcome);
    }

    [Fact]
    public void Domain_WithoutTargetsDoesNotServe() =>
        Assert.Equal(RoutingOutcome.LowConfidence, Decide(Table(minimumProbability: 0.9), 0, 0, 0.8, 0.1, 0.1).Outcome);
}
