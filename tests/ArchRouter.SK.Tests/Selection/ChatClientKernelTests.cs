using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK.Tests;

/// <summary>Kernels whose chat services are all chat clients.</summary>
public sealed class ChatClientKernelTests
{
    private readonly TestChatClient _first = Client("first");
    private readonly TestChatClient _loose = Client("loose");
    private readonly TestChatClient _last = Client("last");

    public static TheoryData<RouterSetup> Setups => new() { RouterSetup.PassThrough, RouterSetup.RulesOnly, RouterSetup.SinglePolicy };

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task ServiceIds_AreTriedInOrder(RouterSetup setup)
    {
        Assert.Equal("first", await AskAsync("first"));
        Assert.Equal("last", await AskAsync("last", "first"));
        Assert.Equal("first", await AskAsync("nowhere", "first"));
        Assert.Equal("last", await AskAsync("nowhere", null));

        async Task<string> AskAsync(params string?[] serviceIds) => (await Ask.PromptAsync(
            Build(setup), "hello", streaming: false, new KernelArguments(serviceIds.Select(id => new PromptExecutionSettings { ServiceId = id })))).Text;
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public void NamedClient_ComesAsItIs_WithItsSettings(RouterSetup setup)
    {
        Assert.Equal((_first, "a"), Select(setup, new() { ServiceId = "first", ExtensionData = Tag("a") }));
        Assert.Equal((_first, "b"), Select(setup, new() { ModelId = "model-first", ExtensionData = Tag("b") }));
        Assert.Equal((_loose, "c"), Select(setup, new() { ModelId = "model-loose", ExtensionData = Tag("c") }));
        Assert.Equal((_first, "d"), Select(setup, new() { ServiceId = "first", ModelId = "model-last", ExtensionData = Tag("d") }));
        Assert.Equal((_first, "e"), Select(setup, new() { ServiceId = "nowhere", ModelId = "model-first", ExtensionData = Tag("e") }));
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task UnknownModelId_IsNotARefusal(RouterSetup setup)
    {
        PromptExecutionSettings mine = new() { ModelId = "nobody-has-this" };

        (string text, RoutingDecision? decision) = await Ask.PromptAsync(Build(setup), "hello", streaming: false, new KernelArguments(mine));

        Assert.Equal("last", text);
        Assert.Equal(setup != RouterSetup.PassThrough, decision is not null);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public void NoSettings_GivesNullSettings(RouterSetup setup)
    {
        Kernel kernel = Build(setup);

        Assert.True(((IChatClientSelector)kernel.ServiceSelector).TrySelectChatClient(
            kernel, KernelFunctionFactory.CreateFromPrompt("hello"), [], out IChatClient? client, out PromptExecutionSettings? settings));

        Assert.Equal(setup != RouterSetup.PassThrough, client is RoutedChatClient);
        Assert.Null(settings);
    }

    [Theory]
    [InlineData(RouterSetup.PassThrough, false)]
    [InlineData(RouterSetup.RulesOnly, false)]
    [InlineData(RouterSetup.SinglePolicy, false)]
    [InlineData(RouterSetup.PassThrough, true)]
    [InlineData(RouterSetup.RulesOnly, true)]
    [InlineData(RouterSetup.SinglePolicy, true)]
    public async Task UnknownServiceId_IsRefusedBySemanticKernel(RouterSetup setup, bool streaming)
    {
        KernelException error = await Assert.ThrowsAsync<KernelException>(() => Ask.PromptAsync(
            Build(setup), "hello", streaming, new KernelArguments(new PromptExecutionSettings { ServiceId = "nowhere" })));

        Assert.StartsWith("No service was found for any of the supported types", error.Message, StringComparison.Ordinal);
    }

    private static TestChatClient Client(string name) =>
        new((_, _) => new[] { new ChatResponseUpdate(ChatRole.Assistant, name) }.ToAsyncEnumerable()) { ModelId = $"model-{name}" };

    private static Dictionary<string, object> Tag(string tag) => new() { ["tag"] = tag };

    private (IChatClient? Client, object? Tag) Select(RouterSetup setup, PromptExecutionSettings mine)
    {
        Kernel kernel = Build(setup);
        KernelFunction function = KernelFunctionFactory.CreateFromPrompt("hello");
        Assert.True(((IChatClientSelector)kernel.ServiceSelector).TrySelectChatClient(
            kernel, function, new KernelArguments(mine), out IChatClient? client, out PromptExecutionSettings? settings));
        // A client that the router hands out may be able to call functions around the one that is registered.
        return (client!.GetService<TestChatClient>() ?? client, settings?.ExtensionData?["tag"]);
    }

    /// <summary>The last one registered, where calls that name nothing go, is the target too.</summary>
    private Kernel Build(RouterSetup setup)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("first", _first);
        builder.Services.AddSingleton<IChatClient>(_loose);
        builder.Services.AddKeyedSingleton<IChatClient>("last", _last);
        return builder.AddRouter(setup, "last").Build();
    }
}
