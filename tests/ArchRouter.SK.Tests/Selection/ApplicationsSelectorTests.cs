using System.Diagnostics.CodeAnalysis;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Services;

namespace ArchRouter.SK.Tests;

/// <summary>A selector of the application's own, registered before ours.</summary>
public sealed class ApplicationsSelectorTests
{
    public static TheoryData<RouterSetup, bool> SetupsAndStreaming => new()
    {
        { RouterSetup.PassThrough, false }, { RouterSetup.RulesOnly, false }, { RouterSetup.SinglePolicy, false },
        { RouterSetup.PassThrough, true }, { RouterSetup.RulesOnly, true }, { RouterSetup.SinglePolicy, true },
    };

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task ServiceChosenByAnAttribute_ServesCallsThatNameAService(RouterSetup setup, bool streaming)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("fast", new RecordingChatService("fast", "wanted"));
        builder.Services.AddKeyedSingleton<IChatCompletionService>("last", new RecordingChatService("last", "other"));

        await AssertInChargeAsync(builder, setup, streaming);
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task ClientChosenByItsMetadata_ServesCallsThatNameAService(RouterSetup setup, bool streaming)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("fast", new RecordingChatService("fast", "wanted").AsChatClient());
        builder.Services.AddKeyedSingleton<IChatClient>("last", new RecordingChatService("last", "other").AsChatClient());

        await AssertInChargeAsync(builder, setup, streaming);
    }

    [Theory]
    [InlineData(RouterSetup.RulesOnly, false)]
    [InlineData(RouterSetup.SinglePolicy, false)]
    [InlineData(RouterSetup.RulesOnly, true)]
    [InlineData(RouterSetup.SinglePolicy, true)]
    public async Task ModelIdThatItKnowsNoClientOf_ReachesTheTarget(RouterSetup setup, bool streaming)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("last", new RecordingChatService("last", "other").AsChatClient());
        builder.Services.AddSingleton<IAIServiceSelector>(new ByModelSelector("wanted"));
        Kernel kernel = builder.AddRouter(setup, "last").Build();

        (string text, RoutingDecision? decision) = await Ask.PromptAsync(
            kernel, "hello", streaming, new KernelArguments(new PromptExecutionSettings { ModelId = "other" }));

        Assert.Equal(("last", null), (text, decision));
    }

    [Theory]
    [MemberData(nameof(SetupsAndStreaming))]
    public async Task ItsException_SurfacesAsItIs(RouterSetup setup, bool streaming)
    {
        InvalidOperationException error = new("cannot choose");
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("last", new RecordingChatService("last"));
        builder.Services.AddSingleton<IAIServiceSelector>(new ByModelSelector("wanted") { Error = error });
        Kernel kernel = builder.AddRouter(setup, "last").Build();
        KernelArguments named = new(new PromptExecutionSettings { ServiceId = "last" });

        Assert.Same(error, await Assert.ThrowsAsync<InvalidOperationException>(() => Ask.PromptAsync(kernel, "hello", streaming, named)));
    }

    private static async Task AssertInChargeAsync(IKernelBuilder builder, RouterSetup setup, bool streaming)
    {
        builder.Services.AddSingleton<IAIServiceSelector>(new ByModelSelector("wanted"));
        Kernel kernel = builder.AddRouter(setup, "last").Build();
        KernelArguments named = new(new PromptExecutionSettings { ServiceId = "last" });
        KernelArguments ofAModel = new(new PromptExecutionSettings { ModelId = "other" });

        Assert.Equal("fast", (await Ask.PromptAsync(kernel, "hello", streaming, named)).Text);
        Assert.Equal("fast", (await Ask.PromptAsync(kernel, "hello", streaming, ofAModel)).Text);
        Assert.Equal(setup == RouterSetup.PassThrough ? "fast" : "last", (await Ask.PromptAsync(kernel, "hello", streaming)).Text);
    }

    private sealed class ByModelSelector(string modelId) : IAIServiceSelector, IChatClientSelector
    {
        public Exception? Error { get; init; }

        public bool TrySelectAIService<T>(
            Kernel kernel, KernelFunction function, KernelArguments arguments, [NotNullWhen(true)] out T? service, out PromptExecutionSettings? serviceSettings)
            where T : class, IAIService
        {
            serviceSettings = null;
            service = Error is null ? kernel.GetAllServices<T>().FirstOrDefault(s => s.GetModelId() == modelId) : throw Error;
            return service is not null;
        }

        public bool TrySelectChatClient<T>(
            Kernel kernel, KernelFunction function, KernelArguments arguments, [NotNullWhen(true)] out T? service, out PromptExecutionSettings? serviceSettings)
            where T : class, IChatClient
        {
            serviceSettings = null;
            service = kernel.GetAllServices<T>().FirstOrDefault(c => c.GetModelId() == modelId);
            return service is not null;
        }
    }
}
