using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK.Tests;

/// <summary>The engine that <c>AddArchRouterSelector</c> has when the section <c>router</c> names one.</summary>
public sealed class ConfiguredEngineTests : IDisposable
{
    private readonly FakeOpenAI _server = new();

    public ConfiguredEngineTests()
    {
        _server.Answers("fast");
        _server.Answers("strong");
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Remote_AsksTheTargetThatItNames()
    {
        _server.AnswersWith("router", """{"route":"sql"}""");
        Kernel kernel = Build("""{"engine":"remote","service":"router","deadline":"infinite"}""");

        (string text, RoutingDecision? decision) = await Ask.PromptAsync(kernel, "a query that counts users", streaming: false);

        Assert.Equal("strong", text);
        Assert.Equal("sql", decision!.Policy);
        Assert.Equal("m-router", decision.EngineId);
        Assert.Equal("m-router", Assert.Single(_server.RequestsTo("router"))["model"]!.GetValue<string>());
    }

    [Fact]
    public async Task NoEngine_IsTheBundledEncoder()
    {
        Kernel kernel = Build("""{"deadline":"infinite"}""");

        (_, RoutingDecision? decision) = await Ask.PromptAsync(kernel, "Write a SQL query that counts users", streaming: false);

        Assert.Equal("sql", decision!.Policy);
        Assert.Empty(_server.RequestsTo("router"));
    }

    [Fact]
    public void BadEngine_FailsTheBuild()
    {
        RouteTableException error = Assert.Throws<RouteTableException>(() => Build("""{"engine":"remote","service":"routr"}"""));

        Assert.Equal("ArchRouter:router:service", Assert.Single(error.Problems).Location);
    }

    private Kernel Build(string router)
    {
        string target(string name) => $$"""{"provider":"openai-compatible","model":"m-{{name}}","endpoint":"{{_server.Url}}/{{name}}/v1"}""";
        IConfigurationSection section = TargetStage.Section($$"""
            {
              "router": {{router}},
              "targets": { "fast": {{target("fast")}}, "strong": {{target("strong")}}, "router": {{target("router")}} },
              "fallback": "fast",
              "routes": {
                "sql": { "description": "Writing SQL database queries", "to": "strong" },
                "travel": { "description": "Planning trips, flights and hotels", "to": "fast" }
              }
            }
            """);
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddArchRouterTargets(section).AddArchRouterSelector(configure: r => r.AddConfiguration(section));
        return builder.Build();
    }
}
