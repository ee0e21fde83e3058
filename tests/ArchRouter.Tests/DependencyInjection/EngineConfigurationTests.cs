using System.Text;
using ArchRouter.TestDoubles;
using ArchRouter.Tests.Matching.Cascade;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace ArchRouter.Tests.DependencyInjection;

/// <summary>The engine as the section <c>router</c> names it.</summary>
public class EngineConfigurationTests
{
    private static readonly string Folder = AppContext.BaseDirectory;

    [Theory]
    [InlineData("{}", "first", null)]
    [InlineData("""{"engine":"auto"}""", "first", null)]
    [InlineData("""{"engine":"encoder"}""", "first", null)]
    [InlineData("""{"engine":"router-model","model":"."}""", "second", null)]
    [InlineData("""{"engine":"RouterModel","model":".","layout":"compact"}""", "second", null)]
    [InlineData("""{"engine":"remote","service":"llm"}""", "remote", null)]
    [InlineData("""{"model":"."}""", "second", CascadeOutcome.Escalated)]
    [InlineData("""{"model":".","layout":"compact","minimumMargin":0.2}""", "second", CascadeOutcome.Escalated)]
    [InlineData("""{"engine":"auto","model":".","minimumMargin":0.05}""", "first", CascadeOutcome.FirstKept)]
    [InlineData("""{"service":"llm"}""", "remote", CascadeOutcome.Escalated)]
    public async Task Section_ChoosesTheEngine(string router, string engine, CascadeOutcome? cascade)
    {
        await using ServiceProvider provider = Build(router);

        RoutingDecision decision = await provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("hello"));

        Assert.Equal(engine, decision.EngineId);
        Assert.Equal(cascade, decision.Cascade?.Outcome);
    }

    [Theory]
    [InlineData("""{"engine":"encodr"}""", "engine", "The engine 'encodr' is not known.", "Did you mean 'encoder'? Known: auto, encoder, router-model, onnx-genai, remote.")]
    [InlineData("""{"engine":"onnx-genai","model":"."}""", "engine", "The engine onnx-genai is not part of this application.", "ArchRouter.OnnxGenAI")]
    [InlineData("""{"engine":"router-model"}""", "engine", "The engine router-model has no model.", "'model'")]
    [InlineData("""{"engine":"router-model","model":"no/such/folder"}""", "model", "The model folder does not exist.", "no/such/folder")]
    [InlineData("""{"model":"no/such/folder"}""", "model", "The model folder does not exist.", "no/such/folder")]
    [InlineData("""{"engine":"remote"}""", "engine", "The engine remote has no service.", "'service'")]
    [InlineData("""{"engine":"remote","service":"nobody"}""", "service", "No chat client is registered under 'nobody'.", "Register one")]
    [InlineData("""{"engine":"remote","service":"llm","model":"."}""", "model", "The engine remote has no use for 'model'.", "Remove it.")]
    [InlineData("""{"engine":"router-model","model":".","service":"llm"}""", "service", "The engine router-model has no use for 'service'.", "Remove it.")]
    [InlineData("""{"model":".","service":"llm"}""", "model", "There are both 'model' and 'service', and only one router model is asked.", "Keep one")]
    [InlineData("""{"engine":"router-model","model":".","layout":"compcat"}""", "layout", "The prompt layout 'compcat' is not known.", "Known: compact")]
    [InlineData("""{"engine":"encoder","layout":"compact"}""", "layout", "The engine encoder has no use for 'layout'.", "Remove it.")]
    [InlineData("""{"minimumMargin":0.5}""", "minimumMargin", "The engine encoder has no use for 'minimumMargin'.", "auto")]
    [InlineData("""{"model":".","minimumMargin":1.5}""", "minimumMargin", "The minimum margin is 1.5.", "0 to 1")]
    [InlineData("""{"model":".","minimumMargin":"wide"}""", "minimumMargin", "'minimumMargin' must be a number, but is 'wide'.", "decimal point")]
    [InlineData("""{"engine":["auto"]}""", "engine", "'engine' must be text, but is a list.", "single value")]
    public void BadSection_IsReportedWithItsPlace(string router, string key, string message, string fix)
    {
        using ServiceProvider provider = Build(router);

        RouteTableProblem problem = Assert.Single(Assert.Throws<RouteTableException>(provider.GetRequiredService<PreferenceRouter>).Problems);

        Assert.Equal($"ArchRouter:router:{key}", problem.Location);
        Assert.Equal(message, problem.Message);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void EngineAndTable_AreReportedTogether()
    {
        using ServiceProvider provider = Build("""{"engine":"router-model"}""", routes: r => r.Route("other", "x", to: "fast").Fallback("fast"));

        Assert.Equal(2, Assert.Throws<RouteTableException>(provider.GetRequiredService<PreferenceRouter>).Problems.Count);
    }

    [Fact]
    public async Task LaterSource_OverridesKeyByKey()
    {
        ArchRouterBuilder builder = Builder("""{"model":"no/such/folder","minimumMargin":0.05}""", Given.Routes);
        builder.AddConfiguration(Section("""{"model":"."}"""));
        await using ServiceProvider provider = builder.Services.BuildServiceProvider();

        RoutingDecision decision = await provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("hello"));

        Assert.Equal(CascadeOutcome.FirstKept, decision.Cascade!.Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EngineInCode_CountsBeforeConfiguration_AndIsLogged(bool before)
    {
        FakeLogger<PreferenceRouter> logger = new();
        var services = new ServiceCollection();
        services.AddSingleton<ILogger<PreferenceRouter>>(logger);
        ArchRouterBuilder builder = services.AddArchRouter(Given.Routes);
        if (before)
        {
            builder.UseEngine(ScriptedRouterEngine.ByMention());
        }

        // A folder that does not exist does not matter where it is not asked for.
        AddKinds(builder).AddConfiguration(Section("""{"engine":"router-model","model":"no/such/folder"}"""));
        if (!before)
        {
            builder.UseEngine(ScriptedRouterEngine.ByMention());
        }

        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal("scripted", (await provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("code"))).EngineId);
        FakeLogRecord warning = Assert.Single(logger.Collector.GetSnapshot(), r => r.Level == LogLevel.Warning);
        Assert.Contains("ArchRouter:router:engine", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EngineInCode_WithoutConfiguration_IsNotLogged()
    {
        FakeLogger<PreferenceRouter> logger = new();
        var services = new ServiceCollection();
        services.AddSingleton<ILogger<PreferenceRouter>>(logger);
        AddKinds(services.AddArchRouter(Given.Routes)).UseEngine(ScriptedRouterEngine.ByMention());
        await using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<PreferenceRouter>();

        Assert.DoesNotContain(logger.Collector.GetSnapshot(), r => r.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task RegisteredGenAI_RunsTheModelOfAuto()
    {
        ArchRouterBuilder builder = Builder("""{"model":"."}""", Given.Routes);
        builder.Services.AddSingleton(new EngineKind(EngineKind.OnnxGenAI, (_, _) => Named("genai")) { TakesModel = true, NeedsModel = true });
        await using ServiceProvider provider = builder.Services.BuildServiceProvider();

        Assert.Equal("genai", (await provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("hello"))).EngineId);
    }

    [Fact]
    public async Task RemoteAlone_NeedsNoOtherPackage()
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton<IChatClient>("llm", Client());
        services.AddArchRouter(Given.Routes).AddConfiguration(Section("""{"engine":"remote","service":"llm"}"""));
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal("chat", (await provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("hello"))).Policy);
    }

    [Fact]
    public void AutoWithoutAnEncoder_SaysHowToGetOne()
    {
        var services = new ServiceCollection();
        services.AddArchRouter(Given.Routes).AddConfiguration(Section("""{"engine":"auto"}"""));
        using ServiceProvider provider = services.BuildServiceProvider();

        RouteTableProblem problem = Assert.Single(Assert.Throws<RouteTableException>(provider.GetRequiredService<PreferenceRouter>).Problems);

        Assert.Contains("AddOnnxEngines()", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void PolicyFile_ChecksWhatItCan()
    {
        RouteTableException error = Assert.Throws<RouteTableException>(() => PolicyFile.Parse(
            "fallback: a\nrouter: { engine: encodr, minimumMargin: 2 }", PolicyFileFormat.Yaml, "r.yaml"));

        Assert.Equal(["r.yaml:2:19", "r.yaml:2:42"], error.Problems.Select(p => p.Location));
    }

    private static ServiceProvider Build(string router, Action<RouteTableBuilder>? routes = null) =>
        Builder(router, routes ?? Given.Routes).Services.BuildServiceProvider();

    private static ArchRouterBuilder Builder(string router, Action<RouteTableBuilder> routes)
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton<IChatClient>("llm", Client());
        return AddKinds(services.AddArchRouter(routes)).AddConfiguration(Section(router));
    }

    /// <summary>The engines of ArchRouter.Onnx, played: the first is ahead by 0.1.</summary>
    private static ArchRouterBuilder AddKinds(ArchRouterBuilder builder)
    {
        builder.Services.AddSingleton(new EngineKind(EngineKind.Encoder, (_, _) => CascadeEngines.First(0.1)) { TakesModel = true });
        builder.Services.AddSingleton(new EngineKind(EngineKind.RouterModel, (_, settings) =>
        {
            Assert.Equal(Path.TrimEndingDirectorySeparator(Path.GetFullPath(".")), settings.Folder);
            return CascadeEngines.Second();
        })
        { TakesModel = true, NeedsModel = true, Layouts = ["compact"] });
        return builder;
    }

    private static ScriptedRouterEngine Named(string id) =>
        new((request, _) => ValueTask.FromResult(new PolicyScores(request.Policies, [0.9, 0.05], 0.05, id)));

    private static TestChatClient Client() => TestChatClient.Saying("""{"route":"chat"}""");

    private static IConfigurationSection Section(string router) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"ArchRouter":{"router":{{(router == "{}" ? """{"deadline":"2s"}""" : router)}} } }""")))
        .Build()
        .GetSection("ArchRouter");
}
