namespace ArchRouter.Onnx.Tests;

public sealed class PolicyTextTests
{
    [Theory]
    [InlineData("code_generation", "code generation")]
    [InlineData("legal.contract-review", "legal contract review")]
    [InlineData("codeUnderstanding", "code Understanding")]
    [InlineData("CodeUnderstanding", "Code Understanding")]
    [InlineData("r17", "r17")]
    [InlineData("level2Support", "level2 Support")]
    [InlineData("SQL", "SQL")]
    [InlineData("étéÉtat", "été État")]
    public void Of_PartsTheNameIntoWords(string name, string words) =>
        Assert.Equal($"{words}: What it does.", PolicyText.Of(new RoutePolicy(name, "What it does.")));
}
