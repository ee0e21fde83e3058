namespace ArchRouter.Docs.Tests.Notebooks;

public class OutputComparisonTests
{
    [Theory]
    [InlineData("policy 'chat' at 0.90 of 12", "policy 'chat' at 0.91 of 12")]
    [InlineData("a 0.90", "a 0.90")]
    public void SmallDifference_IsNone(string saved, string now) => Assert.Null(OutputComparison.Difference(new(null, saved), new(null, now)));

    [Theory]
    [InlineData("policy 'chat' at 0.90", "policy 'talk' at 0.90")]
    [InlineData("policy 'chat' at 0.90", "policy 'chat' at 0.80")]
    [InlineData("12 of 14", "13 of 14")]
    [InlineData("one\ntwo", "one")]
    [InlineData("version 1.0.0", "version 1.1.0")]
    public void Drift_IsFound(string saved, string now) => Assert.NotNull(OutputComparison.Difference(new(null, saved), new(null, now)));

    [Fact]
    public void OtherKind_IsFound() => Assert.NotNull(OutputComparison.Difference(new(null, "a"), new("image/svg+xml", "a")));
}
