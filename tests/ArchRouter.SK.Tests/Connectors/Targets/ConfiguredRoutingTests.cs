using System.Text;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>Targets and routes from one place, with real connectors against a loopback server.</summary>
public sealed class ConfiguredRoutingTests : IDisposable
{
    private readonly FakeOpenAI _server = new();

    public ConfiguredRoutingTests()
    {
        _server.Answers("fast");
        _server.Answers("strong");
    }

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneSection_RegistersAndRoutes(bool streaming)
    {
        IConfigurationSection section = TargetStage.Section(Json);
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddArchRouterTargets(section);
        builder.AddArchRouterSelector(configure: router => router.AddConfiguration(section).UseEngine(ScriptedRouterEngine.ByMention()));

        await RoutesAsync(builder.Build(), streaming);
    }

    [Fact]
    public async Task OneFile_RegistersAndRoutes()
    {
        using var file = new TempFile(".json", Json);
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddArchRouterTargets(file.Path);
        builder.AddArchRouterSelector(configure: router => router.AddPolicyFile(file.Path).UseEngine(ScriptedRouterEngine.ByMention()));

        await RoutesAsync(builder.Build(), streaming: false);
    }

    [Fact]
    public async Task DefaultSection_IsReadFromTheRegisteredConfiguration()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"ArchRouter":{{Json}}}""")))
            .Build();
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddArchRouterTargets(configuration.GetSection("ArchRouter"));
        services.AddKernel();
        services.AddArchRouterSelector(configure: router => router.UseEngine(ScriptedRouterEngine.ByMention()));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await RoutesAsync(provider.GetRequiredService<Kernel>(), streaming: false);
    }

    [Fact]
    public async Task FilesKey_ComesFromTheRegisteredConfiguration()
    {
        using var network = new CapturingHandler();
        using var http = new HttpClient(network);
        using var file = new TempFile(".yaml", "fallback: fast\ntargets: { fast: { provider: openai, model: m } }");
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("ArchRouter:targets:fast:apiKey", "key-7")]).Build());
        services.AddArchRouterTargets(file.Path, http);
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<IChatCompletionService>("fast").GetChatMessageContentAsync("hello");

        Assert.Equal("Bearer key-7", Assert.Single(network.Sent).Authorization);
    }

    [Fact]
    public async Task KeyBesideAFilesTarget_DeclaresNoTarget()
    {
        using var file = new TempFile(".yaml", "fallback: fast\ntargets: { fast: { provider: openai, model: m } }");
        IConfigurationSection section = TargetStage.Section("{}", ("ArchRouter:targets:fast:apiKey", "key-9"), ("ArchRouter:router:deadline", "1s"));
        ServiceCollection services = new();
        services.AddArchRouter().AddPolicyFile(file.Path).AddConfiguration(section);
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(["fast"], provider.GetRequiredService<RouteTables>().Default.Targets.Select(t => t.ServiceId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ServiceFromCode_CountsBeforeConfiguration(bool before)
    {
        ServiceCollection services = new();
        var own = new RecordingChatService("own");
        if (before)
        {
            services.AddKeyedSingleton<IChatCompletionService>("t", own);
        }

        // Without a key, which is not asked for where the application has its own service.
        services.AddSingleton<IEnvironmentVariables>(new FakeEnvironment());
        services.AddArchRouterTargets(TargetStage.Section("""{"targets":{"t":{"provider":"openai","model":"m"}}}"""));
        if (!before)
        {
            services.AddKeyedSingleton<IChatCompletionService>("t", own);
        }

        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Same(own, provider.GetRequiredKeyedService<IChatCompletionService>("t"));
        Assert.Empty(provider.GetServices<IStartupProblems>().SelectMany(p => p.Problems));
    }

    private string Json => $$"""
        {
          "targets": {
            "fast": { "provider": "openai-compatible", "model": "small", "endpoint": "{{_server.Url}}/fast/v1" },
            "strong": { "provider": "vllm", "model": "large", "endpoint": "{{_server.Url}}/strong/v1/" }
          },
          "fallback": "fast",
          "routes": { "sql": { "description": "Writing database queries", "to": "strong" } }
        }
        """;

    private async Task RoutesAsync(Kernel kernel, bool streaming)
    {
        Assert.Equal("strong", (await Ask.PromptAsync(kernel, "a sql query", streaming)).Text);
        Assert.Equal("fast", (await Ask.PromptAsync(kernel, "hello", streaming)).Text);
        Assert.Equal("large", Assert.Single(_server.RequestsTo("strong"))["model"]!.GetValue<string>());
        Assert.Equal("small", Assert.Single(_server.RequestsTo("fast"))["model"]!.GetValue<string>());
    }
}
