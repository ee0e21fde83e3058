namespace CodingAgents.Tests;

public sealed class SampleCommandTests
{
    [Theory]
    [InlineData("--framework", "sk", "--workflow", "handoff")]
    [InlineData("--workflow", "handoff")]
    [InlineData("--framework", "other")]
    [InlineData("--max-steps", "0")]
    [InlineData("--max-steps", "many")]
    [InlineData("--base-url", "nowhere")]
    [InlineData("--api-key-variable", "PATH")]
    [InlineData("--base-url", "http://localhost:11434/v1", "--api-key-variable", "ARCHROUTER_NO_SUCH_KEY")]
    public void WrongArguments_AreErrors(params string[] arguments) => Assert.NotEmpty(SampleCommand.Create().Parse(arguments).Errors);

    [Theory]
    [InlineData]
    [InlineData("--framework", "maf")]
    [InlineData("--framework", "maf", "--workflow", "handoff", "--max-steps", "5", "--keep")]
    [InlineData("--base-url", "http://localhost:11434/v1", "--model-fast", "a", "--model-strong", "b")]
    [InlineData("--base-url", "http://localhost:11434/v1", "--api-key-variable", "PATH")]
    public void RightArguments_AreNoErrors(params string[] arguments) => Assert.Empty(SampleCommand.Create().Parse(arguments).Errors);
}
