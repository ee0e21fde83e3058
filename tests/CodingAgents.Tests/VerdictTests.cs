namespace CodingAgents.Tests;

public sealed class VerdictTests
{
    [Theory]
    [InlineData("Good.\nAPPROVED", true)]
    [InlineData("Good.\n**APPROVED**\n", true)]
    [InlineData("APPROVED.", true)]
    [InlineData("CHANGE: add a check before this is APPROVED by me", false)]
    [InlineData("CHANGE: add a check.", false)]
    [InlineData("", false)]
    public void Answer_ApprovesByItsLastWord(string answer, bool approved) => Assert.Equal(approved, Verdict.IsApproved(answer));
}
