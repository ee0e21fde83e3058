namespace CodingAgents.Tests;

public sealed class UnfinishedTests
{
    [Theory]
    [InlineData("", "APPROVED", "changed nothing", "coder", "reviewer")]
    [InlineData("+a", "APPROVED", "has not seen", "coder", "reviewer", "coder")]
    [InlineData("+a", "APPROVED", "has not seen", "explainer")]
    [InlineData("+a", "CHANGE: more.", "did not approve", "coder", "reviewer", "explainer")]
    [InlineData("+a", "APPROVED", null, "coder", "reviewer", "explainer")]
    public void Work_NeedsAChange_AndAReviewThatApprovesIt(string diff, string verdict, string? missing, params string[] agents)
    {
        Step[] steps = [.. agents.Select((agent, i) => Given.Step(i + 1, agent) with { Answer = agent == "reviewer" ? verdict : "done" })];

        string? text = Unfinished.Of(steps, diff);

        Assert.Equal(missing is not null, text is not null);
        Assert.Contains(missing ?? "", text ?? "", StringComparison.Ordinal);
    }
}
