namespace ArchRouter.Tests.Matching;

public class PolicyScoresTests
{
    private static readonly PolicySet Policies = Given.Table.Policies;

    [Fact]
    public void Distribution_IsCopied()
    {
        double[] probabilities = [0.5, 0.25];
        var scores = new PolicyScores(Policies, probabilities, 0.25, "e", RouterTier.Encoder);
        probabilities[0] = 0;

        Assert.Equal([0.5, 0.25], scores.Probabilities);
        Assert.Equal((0.25, "e", RouterTier.Encoder), (scores.Other, scores.EngineId, scores.Tier));
    }

    public static TheoryData<double[], double> NoDistributions => new()
    {
        { [0.5], 0.5 },
        { [0.5, 0.5, 0], 0 },
        { [0.5, 0.4], 0 },
        { [-0.5, 1], 0.5 },
        { [double.NaN, 0.5], 0.5 },
        { [double.PositiveInfinity, 0], 0 },
        { [0.5, 0.5], double.NaN },
    };

    [Theory]
    [MemberData(nameof(NoDistributions))]
    public void WhatIsNoDistribution_IsRefused(double[] probabilities, double other) =>
        Assert.Throws<ArgumentException>(() => new PolicyScores(Policies, probabilities, other, "e"));

    [Fact]
    public void FromLogits_IsASoftmax()
    {
        PolicyScores scores = PolicyScores.FromLogits(Policies, [Math.Log(2), 0], 0, "e");

        Assert.Equal([0.5, 0.25], scores.Probabilities.Select(p => Math.Round(p, 12)));
        Assert.Equal(0.25, scores.Other, 12);
    }

    [Fact]
    public void FromLogits_TakesLargeNumbersAndImpossibleAnswers()
    {
        Assert.Equal([1, 0], PolicyScores.FromLogits(Policies, [1e6, -1e6], double.NegativeInfinity, "e").Probabilities);
        Assert.Throws<ArgumentException>(() => PolicyScores.FromLogits(Policies, [double.NegativeInfinity, double.NegativeInfinity], double.NegativeInfinity, "e"));
        Assert.Throws<ArgumentException>(() => PolicyScores.FromLogits(Policies, [double.NaN, 0], 0, "e"));
        Assert.Throws<ArgumentException>(() => PolicyScores.FromLogits(Policies, [0, 0], double.NaN, "e"));
    }
}
