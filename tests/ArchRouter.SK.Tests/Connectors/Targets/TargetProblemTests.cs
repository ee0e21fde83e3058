using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

public sealed class TargetProblemTests : IDisposable
{
    private const string Secret = "sk-very-secret";

    private readonly TargetStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void MissingKey_NamesTargetVariableAndAlternatives()
    {
        RouteTableProblem problem = Assert.Single(_stage.Problems("""{"t":{"provider":"openai","model":"m"}}"""));

        Assert.Equal("ArchRouter:targets:t", problem.Location);
        Assert.Equal("The target 't' (openai) has no API key.", problem.Message);
        Assert.Contains("OPENAI_API_KEY", problem.Fix, StringComparison.Ordinal);
        Assert.Contains("apiKeyVariable", problem.Fix, StringComparison.Ordinal);
        Assert.Contains("dotnet user-secrets set \"ArchRouter:targets:t:apiKey\"", problem.Fix, StringComparison.Ordinal);
        Assert.Contains("ollama", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("vllm")]
    public void NamedVariableThatIsNotSet_IsReportedEvenWhereTheUsualOneIs(string provider)
    {
        _stage.Environment["OPENAI_API_KEY"] = Secret;

        RouteTableProblem problem = Assert.Single(_stage.Problems($$"""{"t":{"provider":"{{provider}}","model":"m","apiKeyVariable":"MY_KEY"} }"""));

        Assert.Equal("ArchRouter:targets:t:apiKeyVariable", problem.Location);
        Assert.Contains("the environment variable MY_KEY is not set", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk-very-secret")]
    [InlineData("AIzaVerySecret_1")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public void KeyWrittenWhereAVariablesNameBelongs_IsNotQuoted(string key)
    {
        RouteTableProblem problem = Assert.Single(_stage.Problems($$"""{"t":{"provider":"openai","model":"m","apiKeyVariable":"{{key}}"} }"""));

        Assert.Equal("ArchRouter:targets:t:apiKeyVariable", problem.Location);
        Assert.Contains("the environment variable that 'apiKeyVariable' names is not set", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void MissingKeyInANamedTable_NamesTheSettingThatIsRead()
    {
        const string Routes = """{"fallback":"t","tables":{"legal":{"fallback":"p","targets":{"p":{"provider":"openai","model":"m"}}}}}""";

        RouteTableProblem problem = Assert.Single(_stage.ProblemsOf(TargetStage.Section(Routes)));

        const string Setting = "ArchRouter:tables:legal:targets:p:apiKey";
        Assert.Contains($"\"{Setting}\"", problem.Fix, StringComparison.Ordinal);
        IConfigurationSection withSecret = TargetStage.Section(Routes, (Setting, "key-8"));
        Assert.Empty(_stage.ProblemsOf(withSecret));
        ServiceCollection services = new();
        services.AddArchRouter().AddConfiguration(withSecret);
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal(["p"], provider.GetRequiredService<RouteTables>().Named["legal"].Targets.Select(t => t.ServiceId));
    }

    [Fact]
    public void KeyWithALineBreakInside_IsReportedWithoutIt()
    {
        _stage.Environment["OPENAI_API_KEY"] = $"{Secret}\n{Secret}";

        RouteTableProblem problem = Assert.Single(_stage.Problems("""{"t":{"provider":"openai","model":"m"}}"""));

        Assert.Contains("OPENAI_API_KEY", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"provider":"opnai","model":"m"}""", "The provider 'opnai' of the target 't' is not known.", "Did you mean 'openai'? Known: azure-openai, gemini, lm-studio, ollama, onnx, openai, openai-compatible, vllm.")]
    [InlineData("""{"provider":"onnx","path":"models/phi"}""", "The provider onnx of the target 't' is not part of this application.", "ArchRouter.SK.Onnx")]
    [InlineData("""{"model":"m"}""", "The target 't' has 'model' but no provider.", "Add 'provider'")]
    [InlineData("""{"provider":"ollama"}""", "The target 't' (ollama) has no 'model'.", "Add 'model'.")]
    [InlineData("""{"provider":"ollama","model":""}""", "The target 't' (ollama) has no 'model'.", "Add 'model'.")]
    [InlineData("""{"provider":"openai-compatible","model":"m"}""", "The target 't' (openai-compatible) has no 'endpoint'.", "Add 'endpoint'.")]
    [InlineData("""{"provider":"ollama","model":"m","endpoint":"localhost:11434"}""", "The endpoint of the target 't' is not an absolute http or https address.", "https://example.org/v1")]
    [InlineData("""{"provider":"ollama","model":"m","endpoint":"ftp://x/v1"}""", "The endpoint of the target 't' is not an absolute http or https address.", "https://example.org/v1")]
    [InlineData("""{"provider":"ollama","model":"m","endpoint":"http://me:sk-very-secret@x/v1"}""", "The endpoint of the target 't' has a user name or password in it.", "user-secrets")]
    [InlineData("""{"provider":"ollama","model":"m","endpoint":"http://x/v1?key=sk-very-secret"}""", "The endpoint of the target 't' has a query or fragment.", "base address")]
    [InlineData("""{"provider":"ollama","model":"m","endpoint":"http://x/v1/chat/completions/"}""", "The endpoint of the target 't' ends in /chat/completions, which the connector adds itself.", "base address")]
    [InlineData("""{"provider":"ollama","model":"m","moddel":"m"}""", "The key 'moddel' is not known here.", "Did you mean 'model'?")]
    [InlineData("""{"provider":"ollama","model":"m","deployment":"d"}""", "The provider ollama has no use for 'deployment'.", "Remove it")]
    [InlineData("""{"provider":"ollama","model":["m"]}""", "'model' must be text, but is a list.", "Write a single value.")]
    [InlineData("""{"provider":"ollama","model":"m","options":{"region":"north"}}""", "The provider ollama has no use for 'options'.", "Remove it")]
    [InlineData("""{"provider":"azure-openai","deployment":"d","apiKey":"k","endpoint":"https://x.openai.azure.com/openai/v1/"}""", "The endpoint of the target 't' ends in /openai/v1, which the connector does not use.", "openai-compatible")]
    [InlineData("""{"provider":"ollama","model":"m","apiKey":{"a":"sk-very-secret"}}""", "An API key does not belong in a policy file.", "environment variable")]
    public void BadTarget_IsReported(string target, string message, string fix)
    {
        RouteTableProblem problem = _stage.Problems($$"""{"t":{{target}}}""")[0];

        Assert.Equal(message, problem.Message);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
        Assert.StartsWith("ArchRouter:targets:t", problem.Location, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OptionThatIsNoSingleValue_IsReported()
    {
        using var stage = new TargetStage
        {
            Configure = services => services.AddArchRouterTargetProvider(
                new TargetProvider("house", (_, _) => new RecordingChatService("house")) { Takes = TargetFields.Options }),
        };

        RouteTableProblem problem = Assert.Single(stage.Problems("""{"t":{"provider":"house","model":"m","options":{"a":{"b":"c"}}}}"""));

        Assert.Equal("The option 'a' is not a single value.", problem.Message);
        Assert.Equal("ArchRouter:targets:t:options:a", problem.Location);
    }

    [Fact]
    public void EveryProblemOfEveryTarget_IsReportedAtOnceWithItsLine()
    {
        using var file = new TempFile(".yaml", $$"""
            fallback: t
            targets:
              t: { provider: openai, model: gpt-5 }
              u: { provider: azure-openai, apiKey: {{Secret}} }
              v: { provider: gemni, model: m }
              w: { provider: ollama, model: m, endpoint: nowhere }
            tables:
              legal:
                fallback: t
                targets:
                  t: { provider: ollama, model: m }
            """);
        ServiceCollection services = new();
        services.AddSingleton<IEnvironmentVariables>(_stage.Environment);
        services.AddArchRouterTargets(file.Path);
        using ServiceProvider provider = services.BuildServiceProvider();

        RouteTableException error = Assert.Throws<RouteTableException>(() => provider.GetRequiredKeyedService<IChatCompletionService>("v"));

        Assert.Equal(
            ["3:3", "4:40", "4:3", "4:3", "4:3", "5:18", "6:46", "11:7"],
            error.Problems.Select(p => p.Location[(file.Path.Length + 1)..]));
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void RoutesAndTargets_AreReportedTogether()
    {
        IConfigurationSection section = TargetStage.Section("""{"targets":{"t":{"provider":"nobody","model":"m"}},"routes":{"other":{"description":"x","to":"t"}}}""");
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddArchRouterTargets(section).AddArchRouterSelector(configure: router => router.AddConfiguration(section));

        RouteTableException error = Assert.Throws<RouteTableException>(() => builder.Build());

        Assert.Equal(3, error.Problems.Count);
        Assert.Contains("'nobody'", error.Message, StringComparison.Ordinal);
        Assert.Contains("reserved", error.Message, StringComparison.Ordinal);
        Assert.Contains("no fallback", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProblemInBothReadings_IsListedOnce()
    {
        using var file = new TempFile(".yaml", "fallback: t\ntargets: { t: { provider: ollama, model: m, colour: red } }");
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddArchRouterTargets(file.Path).AddArchRouterSelector(configure: router => router.AddPolicyFile(file.Path));

        RouteTableException error = Assert.Throws<RouteTableException>(() => builder.Build());

        Assert.Contains("'colour'", Assert.Single(error.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.yaml", "The file does not exist.")]
    [InlineData(null, "The configuration section is missing or empty.")]
    public async Task UnreadableSource_FailsTheHostsStart(string? file, string message)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        _ = file is null
            ? builder.Services.AddArchRouterTargets(new ConfigurationBuilder().Build().GetSection("ArchRuoter"))
            : builder.Services.AddArchRouterTargets(file);
        using IHost host = builder.Build();

        RouteTableException error = await Assert.ThrowsAsync<RouteTableException>(() => host.StartAsync());

        Assert.Equal(message, Assert.Single(error.Problems).Message);
    }
}
