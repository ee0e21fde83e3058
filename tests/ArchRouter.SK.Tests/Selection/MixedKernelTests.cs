using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Services;
using Microsoft.SemanticKernel.TextGeneration;

namespace ArchRouter.SK.Tests;

/// <summary>Kernels with text generation services, alone and beside chat services and chat clients.</summary>
public sealed class MixedKernelTests
{
    private readonly RecordingTextService _text = new("text", "model-text");
    private readonly RecordingTextService _otherText = new("other-text", "model-other-text");

    public static TheoryData<RouterSetup> Setups => new() { RouterSetup.PassThrough, RouterSetup.RulesOnly, RouterSetup.SinglePolicy };

    public static TheoryData<RouterSetup, bool> SetupsAndStreaming => new()
    {
        { RouterSetup.PassThrough, false }, { RouterSetup.RulesOnly, false }, { RouterSetup.SinglePolicy, false },
        { RouterSetup.PassThrough, true }, { RouterSetup.RulesOnly, true }, { RouterSetup.SinglePolicy, true },
    };

    [Theory]
    [MemberData(nameof(Setups))]
    public void TextOnly_ServiceIdChooses_WithItsSettings(RouterSetup setup)
    {
        Kernel kernel = TextOnly(setup, keyed: true);
        PromptExecutionSettings mine = new() { ServiceId = "text", ExtensionData = new Dictionary<string, object> { ["temperature"] = 0.5 } };
        KernelFunction function = KernelFunctionFactory.CreateFromPrompt("hello", mine);

        (ITextGenerationService service, PromptExecutionSettings? settings) = kernel.ServiceSelector.SelectAIService<ITextGenerationService>(kernel, function, []);

        Assert.Same(_text, service);
        Assert.Same(function.ExecutionSettings!["text"], settings);
        Assert.Equal(0.5, settings!.ExtensionData!["temperature"]);
        Assert.True(settings.IsFrozen);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public void TextOnly_ModelIdChooses_WithItsSettings(RouterSetup setup)
    {
        Kernel kernel = TextOnly(setup, keyed: false);
        PromptExecutionSettings mine = new() { ModelId = "model-text" };

        (ITextGenerationService service, PromptExecutionSettings? settings) = kernel.ServiceSelector.SelectAIService<ITextGenerationService>(
            kernel, KernelFunctionFactory.CreateFromPrompt("hello"), new KernelArguments(mine));

        Assert.Same(_text, service);
        Assert.Same(mine, settings);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public void TextOnly_WithoutSettings_TheLastServiceServes(RouterSetup setup)
    {
        Kernel kernel = TextOnly(setup, keyed: true);

        (ITextGenerationService service, PromptExecutionSettings? settings) = kernel.ServiceSelector.SelectAIService<ITextGenerationService>(
            kernel, KernelFunctionFactory.CreateFromPrompt("hello"), []);

        Assert.Same(_otherText, service);
        Assert.Null(settings);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public void TextOnly_UnknownServiceId_IsRefused(RouterSetup setup)
    {
        Kernel kernel = TextOnly(setup, keyed: true);
        KernelArguments arguments = new(new PromptExecutionSettings { ServiceId = "nowhere" });

        Assert.Throws<KernelException>(() => kernel.ServiceSelector.SelectAIService<ITextGenerationService>(
            kernel, KernelFunctionFactory.CreateFromPrompt("hello"), arguments));
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task Mixed_EachServiceIdReachesItsService(RouterSetup setup, bool streaming)
    {
        Kernel kernel = Mixed(setup);

        foreach (string serviceId in new[] { "text", "other-text", "chat", "client" })
        {
            (string text, RoutingDecision? decision) = await Ask.PromptAsync(
                kernel, "hello", streaming, new KernelArguments(new PromptExecutionSettings { ServiceId = serviceId }));

            Assert.Equal(serviceId, text);
            Assert.Null(decision);
        }

        Assert.Equal(["hello"], _text.Prompts);
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task Mixed_ACallThatNamesNothing_GoesToTheChatService(RouterSetup setup, bool streaming)
    {
        (string text, RoutingDecision? decision) = await Ask.PromptAsync(Mixed(setup), "hello", streaming);

        Assert.Equal("chat", text);
        Assert.Equal(setup != RouterSetup.PassThrough, decision is not null);
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task Mixed_ATextServicesModelId_DoesNotKeepTheCallFromTheChatService(RouterSetup setup, bool streaming)
    {
        (string text, _) = await Ask.PromptAsync(Mixed(setup), "hello", streaming, new KernelArguments(new PromptExecutionSettings { ModelId = "model-text" }));

        Assert.Equal("chat", text);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Mixed_ATargetClientsModelId_ReachesTheClient_WhateverIsTheDefault(bool serviceLast, bool defaultService)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("strong", Client("strong"));
        var fast = ServiceDescriptor.KeyedSingleton<IChatCompletionService>("fast", new RecordingChatService("fast", "model-fast"));
        if (!serviceLast)
        {
            builder.Services.Add(fast);
        }

        builder.AddArchRouterSelector(
            TestKernel.DefaultRoutes, router => router.UseEngine(ScriptedRouterEngine.ByMention()).ConfigureSelector(o => o.RegisterDefaultService = defaultService));
        if (serviceLast)
        {
            builder.Services.Add(fast);
        }

        Kernel kernel = builder.Build();

        Assert.Equal(("strong", null), await Ask.PromptAsync(kernel, "hello", streaming: false, Naming("model-strong")));
        Assert.Equal(("fast", null), await Ask.PromptAsync(kernel, "hello", streaming: false, Naming("model-fast")));
    }

    [Theory]
    [InlineData(RouterSetup.RulesOnly, false)]
    [InlineData(RouterSetup.RulesOnly, true)]
    [InlineData(RouterSetup.SinglePolicy, false)]
    [InlineData(RouterSetup.SinglePolicy, true)]
    public async Task Mixed_TheOnlyTargetsModelId_ReachesThatClient_BesideServicesThatAreNoTargets(RouterSetup setup, bool withChatService)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("client", Client("client"));
        builder.Services.AddKeyedSingleton<IChatClient>("other-client", Client("other-client"));
        builder.AddRouter(setup, "client");
        builder.Services.AddKeyedSingleton<ITextGenerationService>("text", _text);
        if (withChatService)
        {
            builder.Services.AddKeyedSingleton<IChatCompletionService>("chat", new RecordingChatService("chat", "model-chat"));
        }

        (string text, _) = await Ask.PromptAsync(builder.Build(), "hello", streaming: false, Naming("model-client"));

        Assert.Equal("client", text);
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task Mixed_UnknownServiceId_IsRefusedBySemanticKernel(RouterSetup setup, bool streaming)
    {
        KernelException error = await Assert.ThrowsAsync<KernelException>(() => Ask.PromptAsync(
            Mixed(setup), "hello", streaming, new KernelArguments(new PromptExecutionSettings { ServiceId = "nowhere" })));

        Assert.StartsWith("No service was found for any of the supported types", error.Message, StringComparison.Ordinal);
    }

    private static KernelArguments Naming(string modelId) => new(new PromptExecutionSettings { ModelId = modelId });

    private static TestChatClient Client(string name) =>
        new((_, _) => new[] { new ChatResponseUpdate(ChatRole.Assistant, name) }.ToAsyncEnumerable()) { ModelId = $"model-{name}" };

    private Kernel TextOnly(RouterSetup setup, bool keyed)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<ITextGenerationService>(keyed ? "text" : null, _text);
        builder.Services.AddKeyedSingleton<ITextGenerationService>(keyed ? "other-text" : null, _otherText);
        return builder.AddRouter(setup, "chat").Build();
    }

    private Kernel Mixed(RouterSetup setup)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<ITextGenerationService>("text", _text);
        builder.Services.AddKeyedSingleton<ITextGenerationService>("other-text", _otherText);
        builder.Services.AddKeyedSingleton<IChatClient>("client", TestChatClient.Saying("client"));
        builder.Services.AddKeyedSingleton<IChatCompletionService>("chat", new RecordingChatService("chat", "model-chat"));
        return builder.AddRouter(setup, "chat").Build();
    }
}
