using ArchRouter.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

public sealed class RegistrationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AddKernel_RoutesKeyedTargets(bool selectorFirst)
    {
        ServiceCollection services = new();
        if (selectorFirst)
        {
            AddSelector(services);
        }

        services.AddKernel();
        services.AddKeyedSingleton<IChatCompletionService>("fast", new RecordingChatService("fast"));
        services.AddKeyedSingleton<IChatCompletionService>("strong", new RecordingChatService("strong"));
        if (!selectorFirst)
        {
            AddSelector(services);
        }

        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        using IServiceScope scope = provider.CreateScope();
        Kernel kernel = scope.ServiceProvider.GetRequiredService<Kernel>();

        Assert.Equal("strong", (await kernel.InvokePromptAsync("a sql query")).ToString());
    }

    [Fact]
    public async Task ScopedTargets_AreResolvedFromTheKernelsScope()
    {
        ServiceCollection services = new();
        services.AddKernel();
        services.AddKeyedScoped<IChatCompletionService>("fast", (_, _) => new RecordingChatService("fast"));
        services.AddKeyedScoped<IChatCompletionService>("strong", (_, _) => new RecordingChatService("strong"));
        AddSelector(services);
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        using IServiceScope scope = provider.CreateScope();
        Kernel kernel = scope.ServiceProvider.GetRequiredService<Kernel>();

        Assert.Equal("strong", (await kernel.InvokePromptAsync("a sql query")).ToString());
        Assert.Equal("strong", (await Ask.ServiceAsync(kernel.GetRequiredService<IChatCompletionService>(), [new(AuthorRole.User, "a sql query")], streaming: false)).Text);
    }

    [Fact]
    public void Build_ListsEveryProblemOfTheTable()
    {
        RouteTableException error = Assert.Throws<RouteTableException>(() => new TestKernel
        {
            Routes = routes => routes.Route("other", "Anything", to: "fast").Route("sql", "", to: "fast"),
        }.Build());

        Assert.Equal(3, error.Problems.Count);
        Assert.Contains(error.Problems, p => p.Message.Contains("reserved", StringComparison.Ordinal));
        Assert.Contains(error.Problems, p => p.Message.Contains("description is empty", StringComparison.Ordinal));
        Assert.Contains(error.Problems, p => p.Message.Contains("no fallback", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_ListsEveryUnregisteredTarget_AndWhatIsRegistered()
    {
        RouteTableException error = Assert.Throws<RouteTableException>(() => new TestKernel
        {
            Routes = routes => routes.Route("sql", "Queries", to: "stronk").Fallback("fats"),
        }.Build());

        Assert.Equal(["route 'sql'", "fallback"], error.Problems.Select(p => p.Location));
        Assert.All(error.Problems, p => Assert.Contains("fast, strong", p.Fix, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Build_Fails_WhenServicesWereRegisteredWithoutTheirId(bool client)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        if (client)
        {
            builder.AddOpenAIChatClient("gpt", "key");
        }
        else
        {
            builder.AddOpenAIChatCompletion("gpt", "key");
        }

        builder.AddArchRouterSelector(routes => routes.Fallback("fast"), router => router.UseEngine(ScriptedRouterEngine.ByMention()));

        RouteTableException error = Assert.Throws<RouteTableException>(() => builder.Build());

        Assert.Contains("have no service id", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServiceLifetime.Transient)]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Singleton)]
    public async Task SelectorOfTheApplication_KeepsItsLifetime(ServiceLifetime lifetime)
    {
        ServiceCollection services = new();
        services.AddKernel();
        services.AddKeyedSingleton<IChatCompletionService>("fast", new RecordingChatService("fast"));
        services.AddKeyedSingleton<IChatCompletionService>("strong", new RecordingChatService("strong"));
        ((ICollection<ServiceDescriptor>)services).Add(new(typeof(IAIServiceSelector), typeof(RefusingSelector), lifetime));
        AddSelector(services);
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        using IServiceScope scope = provider.CreateScope();
        Kernel kernel = scope.ServiceProvider.GetRequiredService<Kernel>();

        Assert.Equal("strong", (await kernel.InvokePromptAsync("a sql query")).ToString());
        await Assert.ThrowsAsync<KernelException>(() => kernel.InvokePromptAsync("x", new KernelArguments(new PromptExecutionSettings { ServiceId = "fast" })));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Build_WarnsOfASelectorThatTookTheRoutersPlace(bool later, int warnings)
    {
        var logger = new RecordingLogger<PreferenceRouter>();
        new TestKernel
        {
            Add = builder =>
            {
                builder.Services.AddSingleton<ILogger<PreferenceRouter>>(logger);
                if (later)
                {
                    builder.Services.AddSingleton<IAIServiceSelector, RefusingSelector>();
                }
            },
        }.Build();

        Assert.Equal(warnings, logger.Entries.Count(e => e.Level == LogLevel.Warning && e.Message.Contains("took its place", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task HostStart_FailsWithTheSameProblems()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddKernel();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("fast", new RecordingChatService("fast"));
        AddSelector(builder.Services);
        using IHost host = builder.Build();

        RouteTableException error = await Assert.ThrowsAsync<RouteTableException>(() => host.StartAsync());

        Assert.Contains("'strong'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DefaultService_CanBeLeftOut()
    {
        var test = new TestKernel { Configure = router => router.ConfigureSelector(o => o.RegisterDefaultService = false) };
        Kernel kernel = test.Build();

        Assert.DoesNotContain(kernel.GetAllServices<IChatCompletionService>(), s => s is RoutedChatCompletionService);
        Assert.Equal("strong", (await kernel.InvokePromptAsync("a sql query")).ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TargetThatIsTheRouterItself_IsAnError(bool streaming)
    {
        var test = new TestKernel
        {
            Add = builder => builder.Services.AddKeyedSingleton("loop", (provider, _) => provider.GetRequiredService<IChatCompletionService>()),
            Routes = routes => routes.Route("sql", "Queries", to: "loop").Fallback("fast"),
        };

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => Ask.PromptAsync(test.Build(), "a sql query", streaming));

        Assert.Contains("is the router itself", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("strong", null, "strong")]
    [InlineData(null, "model-strong", "strong")]
    [InlineData(null, "nobody-has-this", "fast")]
    public async Task DefaultService_HonoursIdsInTheSettings(string? serviceId, string? modelId, string target)
    {
        Kernel kernel = new TestKernel().Build();
        PromptExecutionSettings settings = new() { ServiceId = serviceId, ModelId = modelId };

        (string text, RoutingDecision? decision) = await Ask.ServiceAsync(
            kernel.GetRequiredService<IChatCompletionService>(), [new(AuthorRole.User, "a mail")], streaming: false, settings, kernel);

        Assert.Equal(target, text);
        Assert.Equal(target == "strong" ? RoutingOutcome.Explicit : RoutingOutcome.Matched, decision!.Outcome);
    }

    [Theory]
    [InlineData(null, "shared", "fast")]
    [InlineData("legal", "shared", "strong")]
    [InlineData("legal", "only-fast", null)]
    [InlineData(null, "only-strong", null)]
    public async Task DefaultService_LooksForAModelId_InTheCallsOwnTable(string? table, string modelId, string? named)
    {
        var test = new TestKernel
        {
            Fast = new("fast", modelId is "only-strong" ? "other" : modelId),
            Strong = new("strong", modelId is "only-fast" ? "other" : modelId),
            Routes = routes => routes.Fallback("fast"),
            Configure = router => router.AddTable("legal", routes => routes.Fallback("strong")),
        };
        Kernel kernel = test.Build();
        if (table is not null)
        {
            kernel.WithRouteTable(table);
        }

        (string text, RoutingDecision? decision) = await Ask.ServiceAsync(
            kernel.GetRequiredService<IChatCompletionService>(), [new(AuthorRole.User, "hello")], streaming: false, new() { ModelId = modelId }, kernel);

        Assert.Equal(table is null ? "fast" : "strong", text);
        Assert.Equal(named is null ? RoutingOutcome.NoMatch : RoutingOutcome.Explicit, decision!.Outcome);
    }

    [Fact]
    public async Task DefaultService_FindsAModelId_BesideATargetThatCannotBeMade()
    {
        var test = new TestKernel
        {
            Routes = routes => routes.Route("mail", "Drafting e-mails", to: "broken").Fallback("strong"),
            Add = builder => builder.Services.AddKeyedSingleton<IChatCompletionService>("broken", (_, _) => throw new InvalidOperationException("no key")),
        };
        Kernel kernel = test.Build();

        (string text, RoutingDecision? decision) = await Ask.ServiceAsync(
            kernel.GetRequiredService<IChatCompletionService>(), [new(AuthorRole.User, "a mail")], streaming: false, new() { ModelId = "model-strong" }, kernel);

        Assert.Equal("strong", text);
        Assert.Equal(RoutingOutcome.Explicit, decision!.Outcome);
    }

    [Fact]
    public void SecondCall_AddsRoutesToTheSameTable()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("fast", new RecordingChatService("fast"));
        builder.AddArchRouterSelector(r => r.Route("a", "First", to: "fast"), router => router.UseEngine(ScriptedRouterEngine.ByMention()));
        builder.AddArchRouterSelector(r => r.Route("b", "Second", to: "fast").Fallback("fast"));
        Kernel kernel = builder.Build();

        Assert.Equal(["a", "b"], kernel.GetRequiredService<RouteTables>().Default.Policies.Select(p => p.Name));
        Assert.Single(kernel.Services.GetServices<IAIServiceSelector>());
    }

    [Fact]
    public void Plugins_AreTheKernelsOwn()
    {
        var test = new TestKernel
        {
            Add = builder =>
            {
                builder.Plugins.AddFromFunctions("mine", [KernelFunctionFactory.CreateFromMethod(() => 1, "one")]);
                builder.Plugins.AddArchRouterPlugin();
            },
        };

        Assert.Equal(["mine", "archrouter"], test.Build().Plugins.Select(p => p.Name));
    }

    private static void AddSelector(IServiceCollection services) =>
        services.AddArchRouterSelector(TestKernel.DefaultRoutes, router => router.UseEngine(ScriptedRouterEngine.ByMention()));

    private sealed class RefusingSelector : IAIServiceSelector
    {
        public bool TrySelectAIService<T>(
            Kernel kernel, KernelFunction function, KernelArguments arguments, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? service, out PromptExecutionSettings? serviceSettings)
            where T : class, Microsoft.SemanticKernel.Services.IAIService
        {
            service = null;
            serviceSettings = null;
            return false;
        }
    }
}
