namespace ArchRouter.Tests.Policies.Files;

/// <summary>What a file says of a target, and what is filled in where it says nothing.</summary>
public class TargetFactsTests
{
    private const TargetCapabilities All = TargetCapabilities.Tools | TargetCapabilities.Vision | TargetCapabilities.StructuredOutput;

    [Theory]
    [InlineData("provider: openai, model: gpt-4o", All)]
    [InlineData("provider: openai, model: gpt-4o-2024-08-06", All)]
    [InlineData("provider: openai, model: gpt-4o-2024-05-13", TargetCapabilities.Tools | TargetCapabilities.Vision)]
    [InlineData("provider: OpenAI, model: GPT-5-mini", All)]
    [InlineData("provider: azure_openai, deployment: x, model: gpt-4.1-nano", All)]
    [InlineData("provider: gemini, model: gemini-2.5-pro", All)]
    [InlineData("provider: openai, model: gpt-5, capabilities: [tools]", TargetCapabilities.Tools)]
    [InlineData("provider: openai, model: gpt-5, capabilities: []", TargetCapabilities.None)]
    [InlineData("provider: openai, model: gpt-4o-audio-preview", null)]
    [InlineData("provider: openai, model: gpt-4o-", null)]
    [InlineData("provider: openai, model: gpt-55", null)]
    [InlineData("provider: azure-openai, deployment: gpt-5", null)]
    [InlineData("provider: onnx, path: models/phi", TargetCapabilities.None)]
    [InlineData("provider: onnx, path: models/phi, capabilities: [tools]", TargetCapabilities.Tools)]
    [InlineData("provider: ollama, model: gpt-4o", null)]
    [InlineData("model: gpt-4o", null)]
    public void Capabilities_AreFilledInForModelsKnownForCertain(string target, TargetCapabilities? expected) =>
        Assert.Equal(expected, Target(target).Capabilities);

    [Fact]
    public void Price_IsReadAndNeverGuessed()
    {
        Assert.Null(Target("provider: openai, model: gpt-5").Price);

        TargetPrice price = Target("price: { inputPerMillion: 0.25, outputPerMillion: 2 }").Price!;

        Assert.Equal(new TargetPrice(0.25m, 2), price);
        Assert.Equal(0.25m + 1, price.Of(1_000_000, 500_000));
    }

    [Theory]
    [InlineData("price: { inputPerMillion: 1 }", "The price is not complete.")]
    [InlineData("price: { inputPerMillion: -1, outputPerMillion: 1 }", "The price is -1 and 1.")]
    [InlineData("price: { inputPerMillion: cheap, outputPerMillion: 1 }", "'inputPerMillion' must be a number, but is 'cheap'.")]
    [InlineData("price: 5", "'price' must be a map, but is the number 5.")]
    [InlineData("provider: [a]", "'provider' must be text, but is a list.")]
    [InlineData("apiKey: sk-secret", "An API key does not belong in a policy file.")]
    [InlineData("apiKey: [sk-secret]", "An API key does not belong in a policy file.")]
    public void BadFact_IsReported(string target, string message)
    {
        RouteTableProblem problem = Assert.Single(SamplePolicies.ProblemsOf(Yaml(target)));

        Assert.Equal(message, problem.Message);
        Assert.StartsWith("r.yaml:2:", problem.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Price_IsPartOfTheTablesVersion() => Assert.Equal(
        3, new[] { "", "price: { inputPerMillion: 1, outputPerMillion: 2 }", "price: { inputPerMillion: 2, outputPerMillion: 1 }" }.Select(t => Table(t).Version).Distinct().Count());

    private static RouteTarget Target(string keys) => Table(keys).Fallback[0];

    private static RouteTable Table(string keys) => PolicyFile.Parse(Yaml(keys), PolicyFileFormat.Yaml, "r.yaml").Default;

    private static string Yaml(string keys) => $"fallback: a\ntargets: {{ a: {{ {keys} }} }}";
}
