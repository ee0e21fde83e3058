using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter.Onnx.Tests;

/// <summary>Real engines, chosen by configuration.</summary>
public sealed class ConfiguredDecoderTests
{
    [Fact]
    public async Task NoSection_IsTheBundledEncoder()
    {
        RoutingDecision decision = await RouteAsync([]);

        Assert.Equal(Bundled.Engine.ModelId, decision.EngineId);
        Assert.Null(decision.Cascade);
    }

    [Fact]
    public async Task RouterModel_DecidesAlone()
    {
        RoutingDecision decision = await RouteAsync(new() { ["engine"] = "router-model", ["model"] = "Fixtures/genai/tiny-qwen2-int4", ["layout"] = "compact" });

        Assert.Equal("tiny-qwen2-int4", decision.EngineId);
        Assert.Null(decision.Cascade);
    }

    [Theory]
    [InlineData("1", CascadeOutcome.Escalated, "tiny-qwen2-int4")]
    [InlineData("0", CascadeOutcome.FirstKept, null)]
    public async Task Auto_AsksTheModelWhereTheEncodersMarginIsSmall(string margin, CascadeOutcome outcome, string? engine)
    {
        RoutingDecision decision = await RouteAsync(new() { ["model"] = "Fixtures/genai/tiny-qwen2-int4", ["layout"] = "compact", ["minimumMargin"] = margin });

        Assert.Equal(outcome, decision.Cascade!.Outcome);
        Assert.Equal(engine ?? Bundled.Engine.ModelId, decision.EngineId);
    }

    [Fact]
    public async Task EnginesFolder_CanBeAnotherEncoder()
    {
        using var folder = new TinyFolder();

        Assert.Equal("tiny", (await RouteAsync(new() { ["engine"] = "encoder", ["model"] = folder.Path })).EngineId);
    }

    [Fact]
    public void UnknownLayout_ListsTheKnown()
    {
        using ServiceProvider provider = Build(new() { ["model"] = "Fixtures/genai/tiny-qwen2-int4", ["layout"] = "arch-router-crad" });

        RouteTableProblem problem = Assert.Single(Assert.Throws<RouteTableException>(provider.GetRequiredService<PreferenceRouter>).Problems);

        Assert.Contains("arch-router-card, arch-gateway, arch-orchestrator, compact", problem.Fix, StringComparison.Ordinal);
    }

    private static async Task<RoutingDecision> RouteAsync(Dictionary<string, string?> router)
    {
        await using ServiceProvider provider = Build(router);
        return await provider.GetRequiredService<PreferenceRouter>().RouteAsync(new RouteContext
        {
            Conversation = ConversationWindow.FromMessages([new ChatMessage(ChatRole.User, "Write a C# method that parses ISO dates")]),
        });
    }

    private static ServiceProvider Build(Dictionary<string, string?> router)
    {
        IConfigurationSection section = new ConfigurationBuilder()
            .AddInMemoryCollection(router.Select(pair => KeyValuePair.Create($"r:router:{pair.Key}", pair.Value)).Append(new("r:version", "1")).Append(new("r:router:deadline", "infinite")))
            .Build()
            .GetSection("r");
        return new ServiceCollection()
            .AddArchRouter(routes => routes
                .Route("code_generation", "Writing new functions, classes, scripts or tests from a description", to: "strong")
                .Route("travel", "Planning trips, flights and hotels", to: "fast")
                .Fallback("fast"))
            .AddOnnxEngines()
            .AddConfiguration(section)
            .Services.BuildServiceProvider();
    }
}
