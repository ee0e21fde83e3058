using ArchRouter.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Services;
using Microsoft.SemanticKernel.TextGeneration;
using Moq;
using IChatClient = Microsoft.Extensions.AI.IChatClient;

namespace ArchRouter.SK.Tests;

/// <summary>The behaviour that Semantic Kernel's own tests ask of a selector, with ours in place.</summary>
public sealed class ServiceSelectorTests
{
    private static readonly KernelFunction Function = KernelFunctionFactory.CreateFromPrompt("a sql query");

    [Fact]
    public void NoServices_SelectsNothing()
    {
        Kernel kernel = Build(_ => { });

        Assert.Throws<KernelException>(() => kernel.ServiceSelector.SelectAIService<ITextGenerationService>(kernel, Function, []));
        Assert.Throws<KernelException>(() => kernel.ServiceSelector.SelectAIService<IChatCompletionService>(kernel, Function, []));
    }

    [Fact]
    public void NoSettings_GivesTheRoutedServiceAndNullSettings()
    {
        Kernel kernel = new TestKernel().Build();

        (IChatCompletionService service, PromptExecutionSettings? settings) = kernel.ServiceSelector.SelectAIService<IChatCompletionService>(kernel, Function, []);

        Assert.IsType<RoutedChatCompletionService>(service);
        Assert.Null(settings);
    }

    [Fact]
    public void DefaultSettings_AreGivenBackAsTheSameInstance()
    {
        Kernel kernel = new TestKernel().Build();
        PromptExecutionSettings mine = new() { ModelId = "nobody-has-this" };

        (IChatCompletionService service, PromptExecutionSettings? settings) =
            kernel.ServiceSelector.SelectAIService<IChatCompletionService>(kernel, Function, new KernelArguments(mine));

        Assert.IsType<RoutedChatCompletionService>(service);
        Assert.Same(mine, settings);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("strong")]
    public void ServiceId_BypassesRouting(string serviceId)
    {
        var test = new TestKernel();
        Kernel kernel = test.Build();
        PromptExecutionSettings mine = new() { ServiceId = serviceId };

        (IChatCompletionService service, PromptExecutionSettings? settings) =
            kernel.ServiceSelector.SelectAIService<IChatCompletionService>(kernel, Function, new KernelArguments(mine));

        Assert.Same(serviceId == "fast" ? test.Fast : test.Strong, service);
        Assert.Same(mine, settings);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void ModelId_ThatAServiceHas_BypassesRouting(bool addKernel, bool defaultService)
    {
        var test = new TestKernel { Configure = router => router.ConfigureSelector(o => o.RegisterDefaultService = defaultService) };
        Kernel kernel = addKernel ? ThroughServiceCollection(test) : test.Build();
        PromptExecutionSettings mine = new() { ModelId = "model-fast" };

        (IChatCompletionService service, PromptExecutionSettings? settings) = kernel.ServiceSelector.SelectAIService<IChatCompletionService>(
            kernel, Function, new KernelArguments(mine));

        Assert.Same(test.Fast, service);
        Assert.Same(mine, settings);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("legal")]
    public void ModelId_ThatTargetsOfSeveralTablesHave_MeansTheCallsOwn(string? table)
    {
        var test = new TestKernel
        {
            Fast = new("fast", "shared"),
            Strong = new("strong", "shared"),
            Routes = routes => routes.Fallback("fast"),
            Configure = router => router.AddTable("legal", routes => routes.Fallback("strong")),
        };
        KernelArguments arguments = new(new PromptExecutionSettings { ModelId = "shared" });
        if (table is not null)
        {
            arguments.WithRouteTable(table);
        }

        Kernel kernel = ThroughServiceCollection(test);

        Assert.Same(table is null ? test.Fast : test.Strong, kernel.ServiceSelector.SelectAIService<IChatCompletionService>(kernel, Function, arguments).Item1);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task ServiceThatCannotBeMade_DoesNotBreakACallThatAnotherServes(bool client, bool keyed)
    {
        var test = new TestKernel
        {
            Add = builder =>
            {
                Type type = client ? typeof(IChatClient) : typeof(IChatCompletionService);
                builder.Services.Add(keyed
                    ? ServiceDescriptor.KeyedSingleton(type, "broken", (_, _) => throw new InvalidOperationException("no key"))
                    : ServiceDescriptor.Singleton(type, _ => throw new InvalidOperationException("no key")));
            },
        };

        FunctionResult result = await test.Build().InvokePromptAsync("a sql query", new KernelArguments(new PromptExecutionSettings { ModelId = "nobody-has-this" }));

        Assert.Equal("strong", result.ToString());
        Assert.Equal("sql", result.GetRoutingDecision()!.Policy);
    }

    [Fact]
    public void ServiceIds_AreTriedInOrder()
    {
        var test = new TestKernel();
        Kernel kernel = test.Build();

        Assert.Same(test.Strong, Select(kernel, "strong", "fast"));
        Assert.Same(test.Fast, Select(kernel, "unknown", "fast"));
        Assert.IsType<RoutedChatCompletionService>(Select(kernel, "unknown", null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UnknownServiceId_FailsWithSemanticKernelsOwnMessage(bool streaming)
    {
        Kernel kernel = new TestKernel().Build();
        KernelFunction function = KernelFunctionFactory.CreateFromPrompt("a sql query", new PromptExecutionSettings { ServiceId = "nowhere" });

        KernelException error = await Assert.ThrowsAsync<KernelException>(() => streaming
            ? kernel.InvokeStreamingAsync(function).ToListAsync().AsTask()
            : kernel.InvokeAsync(function));

        Assert.Contains("Expected serviceIds: nowhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsInTheArguments_ReplaceTheFunctions()
    {
        var test = new TestKernel();
        KernelFunction function = KernelFunctionFactory.CreateFromPrompt("a mail", new PromptExecutionSettings { ServiceId = "fast" });

        FunctionResult result = await test.Build().InvokeAsync(function, new KernelArguments(new PromptExecutionSettings { ServiceId = "strong" }));

        Assert.Equal("strong", result.ToString());
        Assert.Empty(test.Engine.Requests);
    }

    [Fact]
    public async Task NestedPrompts_EachUseTheServiceTheyName()
    {
        var test = new TestKernel();
        Kernel kernel = test.Build();
        kernel.Plugins.AddFromFunctions("inner", [KernelFunctionFactory.CreateFromPrompt("x", new PromptExecutionSettings { ServiceId = "fast" }, "draft")]);

        KernelFunction outer = KernelFunctionFactory.CreateFromPrompt("{{inner.draft}}", new PromptExecutionSettings { ServiceId = "strong" });

        string text = (await kernel.InvokeAsync(outer)).ToString();

        Assert.Equal("strong", text);
        Assert.Single(test.Fast.Calls);
        Assert.Equal("fast", test.Strong.Calls.Single().History[^1].Content);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TextOnlyKernel_ReceivesTheRawPrompt(bool streaming)
    {
        Mock<ITextGenerationService> text = new();
        text.Setup(t => t.GetTextContentsAsync(It.IsAny<string>(), It.IsAny<PromptExecutionSettings?>(), It.IsAny<Kernel?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync([new TextContent("text answer")]);
        text.Setup(t => t.GetStreamingTextContentsAsync(It.IsAny<string>(), It.IsAny<PromptExecutionSettings?>(), It.IsAny<Kernel?>(), It.IsAny<CancellationToken>()))
            .Returns(new[] { new StreamingTextContent("text answer") }.ToAsyncEnumerable());
        Kernel kernel = Build(services => services.AddSingleton(text.Object));
        const string prompt = "<message role=\"user\">hello</message>";

        (string answer, RoutingDecision? decision) = await Ask.PromptAsync(kernel, prompt, streaming);

        Assert.Equal("text answer", answer);
        Assert.Null(decision);
        string? raw = text.Invocations.Single(i => i.Method.Name.StartsWith("Get", StringComparison.Ordinal) && i.Method.Name.EndsWith("Async", StringComparison.Ordinal)).Arguments[0] as string;
        Assert.Equal(prompt, raw);
    }

    [Fact]
    public void PassThrough_LeavesEverythingToTheInnerSelector()
    {
        var test = new TestKernel { Configure = router => router.ConfigureSelector(o => o.PassThrough = true) };
        Kernel kernel = test.Build();

        (IChatCompletionService service, PromptExecutionSettings? settings) = kernel.ServiceSelector.SelectAIService<IChatCompletionService>(kernel, Function, []);

        Assert.Same(test.Strong, service);
        Assert.Null(settings);
        Assert.DoesNotContain(kernel.GetAllServices<IChatCompletionService>(), s => s is RoutedChatCompletionService);
    }

    [Fact]
    public async Task ApplicationsOwnSelector_StaysInCharge_WhenTheCallNamesItsService()
    {
        var test = new TestKernel();
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("fast", test.Fast);
        builder.Services.AddKeyedSingleton<IChatCompletionService>("strong", test.Strong);
        builder.Services.AddSingleton<IAIServiceSelector>(new FixedSelector(test.Fast));
        builder.AddArchRouterSelector(TestKernel.DefaultRoutes, router => router.UseEngine(test.Engine));
        Kernel kernel = builder.Build();

        Assert.Equal("strong", (await kernel.InvokePromptAsync("a sql query")).ToString());
        Assert.Equal("fast", (await kernel.InvokePromptAsync("a sql query", new KernelArguments(new PromptExecutionSettings { ServiceId = "anything" }))).ToString());
        Assert.Single(kernel.Services.GetServices<IAIServiceSelector>());
    }

    [Fact]
    public async Task SelectorParameter_OfAMethodFunction_ReceivesTheKernelsSelector()
    {
        Kernel kernel = new TestKernel().Build();
        IAIServiceSelector? seen = null;
        KernelFunction function = KernelFunctionFactory.CreateFromMethod((IAIServiceSelector selector) => seen = selector);

        await kernel.InvokeAsync(function);

        Assert.Same(kernel.ServiceSelector, seen);
        Assert.Same(kernel.ServiceSelector, kernel.Clone().ServiceSelector);
    }

    [Fact]
    public async Task FilterContext_SeesTheCallersSettingsInstance()
    {
        PromptExecutionSettings mine = new() { ExtensionData = new Dictionary<string, object> { ["temperature"] = 0.1 } };
        Kernel kernel = new TestKernel().Build();
        Mock<IPromptRenderFilter> filter = new();
        PromptExecutionSettings? seen = null;
        filter.Setup(f => f.OnPromptRenderAsync(It.IsAny<PromptRenderContext>(), It.IsAny<Func<PromptRenderContext, Task>>()))
            .Returns((PromptRenderContext context, Func<PromptRenderContext, Task> next) =>
            {
                seen = context.ExecutionSettings;
                return next(context);
            });
        kernel.PromptRenderFilters.Add(filter.Object);

        await kernel.InvokePromptAsync("a sql query", new KernelArguments(mine));

        Assert.Same(mine, seen);
    }

    [Fact]
    public void HandoffTools_SurviveSettingsThatNameAService()
    {
        Kernel kernel = new TestKernel().Build();
        FunctionChoiceBehavior tools = FunctionChoiceBehavior.Auto(autoInvoke: false);
        PromptExecutionSettings own = new() { ServiceId = "strong" };
        kernel.Plugins.AddFromFunctions("HandoffPlugin", [KernelFunctionFactory.CreateFromMethod(() => 1, "transfer")]);
        KernelArguments arguments = new([new PromptExecutionSettings { FunctionChoiceBehavior = tools }, own]);

        (_, PromptExecutionSettings? settings) = kernel.ServiceSelector.SelectAIService<IChatCompletionService>(kernel, Function, arguments);

        Assert.Same(tools, settings!.FunctionChoiceBehavior);
        Assert.Equal("strong", settings.ServiceId);
        Assert.Null(own.FunctionChoiceBehavior);
    }

    [Fact]
    public void DefaultTools_DoNotReachAServiceThatTheCallNames_OutsideHandoff()
    {
        Kernel kernel = new TestKernel().Build();
        PromptExecutionSettings own = new() { ServiceId = "strong" };
        KernelArguments arguments = new([new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }, own]);

        (_, PromptExecutionSettings? settings) = kernel.ServiceSelector.SelectAIService<IChatCompletionService>(kernel, Function, arguments);

        Assert.Same(own, settings);
    }

    [Theory]
    [InlineData("""{"template":"a sql query","execution_settings":{"gpt-3.5":{"temperature":0},"gpt-4":{},"default":{"temperature":0.7}}}""", "strong", true)]
    [InlineData("""{"template":"a sql query","execution_settings":{"gpt-3.5":{},"fast":{"temperature":0.7}}}""", "fast", false)]
    public async Task PromptFile_WithSettingsForServicesThatAreNotThere_IsRoutedByItsDefault(string json, string target, bool routed)
    {
        KernelFunction function = KernelFunctionFactory.CreateFromPrompt(PromptTemplateConfig.FromJson(json));

        FunctionResult result = await new TestKernel().Build().InvokeAsync(function);

        Assert.Equal(target, result.ToString());
        Assert.Equal(routed, result.GetRoutingDecision() is not null);
    }

    [Fact]
    public async Task FilterThatRetries_RoutesEachTry()
    {
        var test = new TestKernel();
        Kernel kernel = test.Build();
        Mock<IFunctionInvocationFilter> retry = new();
        retry.Setup(f => f.OnFunctionInvocationAsync(It.IsAny<FunctionInvocationContext>(), It.IsAny<Func<FunctionInvocationContext, Task>>()))
            .Returns(async (FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next) =>
            {
                await next(context);
                await next(context);
            });
        kernel.FunctionInvocationFilters.Add(retry.Object);

        Assert.Equal("strong", (await kernel.InvokePromptAsync("a sql query")).ToString());
        Assert.Equal(2, test.Strong.Calls.Count);
    }

    [Fact]
    public void EightServicesUnderOneId_StayEight()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        for (int i = 0; i < 8; i++)
        {
            builder.Services.AddKeyedSingleton<IChatCompletionService>("fast", new RecordingChatService($"{i}"));
        }

        builder.AddArchRouterSelector(
            routes => routes.Fallback("fast"), router => router.UseEngine(ScriptedRouterEngine.ByMention()).ConfigureSelector(o => o.RegisterDefaultService = false));

        Assert.Equal(8, builder.Build().GetAllServices<IChatCompletionService>().Count());
    }

    [Fact]
    public async Task Selector_DoesNotTouchServicesOrEngine()
    {
        int made = 0;
        var test = new TestKernel { Engine = ScriptedRouterEngine.Failing(new InvalidOperationException("asked")) };
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("fast", (_, _) =>
        {
            made++;
            return test.Fast;
        });
        builder.Services.AddKeyedSingleton<IChatCompletionService>("strong", test.Strong);
        builder.AddArchRouterSelector(TestKernel.DefaultRoutes, router => router.UseEngine(test.Engine));
        Kernel kernel = builder.Build();

        kernel.ServiceSelector.SelectAIService<IChatCompletionService>(kernel, Function, []);

        Assert.Equal(0, made);
        Assert.Empty(test.Engine.Requests);
        await kernel.InvokePromptAsync("a mail");
        Assert.Equal(1, made);
    }

    private static IChatCompletionService Select(Kernel kernel, params string?[] serviceIds) =>
        kernel.ServiceSelector.SelectAIService<IChatCompletionService>(
            kernel, Function, new KernelArguments(serviceIds.Select(id => new PromptExecutionSettings { ServiceId = id }))).Item1;

    private static Kernel Build(Action<IServiceCollection> add)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        add(builder.Services);
        builder.AddArchRouterSelector(TestKernel.DefaultRoutes, router => router.UseEngine(ScriptedRouterEngine.ByMention()));
        return builder.Build();
    }

    private static Kernel ThroughServiceCollection(TestKernel test)
    {
        ServiceCollection services = new();
        services.AddKernel();
        services.AddKeyedSingleton<IChatCompletionService>("fast", test.Fast);
        services.AddKeyedSingleton<IChatCompletionService>("strong", test.Strong);
        services.AddArchRouterSelector(test.Routes, router => test.Configure(router.UseEngine(test.Engine)));
        return services.BuildServiceProvider().GetRequiredService<Kernel>();
    }

    private sealed class FixedSelector(IAIService answer) : IAIServiceSelector
    {
        public bool TrySelectAIService<T>(
            Kernel kernel, KernelFunction function, KernelArguments arguments, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? service, out PromptExecutionSettings? serviceSettings)
            where T : class, IAIService
        {
            service = answer as T;
            serviceSettings = null;
            return service is not null;
        }
    }
}
