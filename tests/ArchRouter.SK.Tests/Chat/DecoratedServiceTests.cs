using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

public sealed class DecoratedServiceTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task DecoratorAroundTheDefaultService_IsAnErrorAndNoEndlessLoop(bool streaming, bool asClient)
    {
        var test = new TestKernel
        {
            Routes = routes => routes.Route("sql", "Queries", to: "loop").Fallback("fast"),
            Add = builder =>
            {
                if (asClient)
                {
                    builder.Services.AddKeyedSingleton("loop", (provider, _) => new Decorator(provider).AsChatClient());
                }
                else
                {
                    builder.Services.AddKeyedSingleton<IChatCompletionService>("loop", (provider, _) => new Decorator(provider));
                }
            },
        };

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => Ask.PromptAsync(test.Build(), "a sql query", streaming));

        Assert.Contains("wraps, the router itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServiceOfTheApplication_ReceivesItsOwnSettingsObject()
    {
        var test = new TestKernel();
        OwnSettings mine = new() { Knob = 7 };

        await test.Build().InvokePromptAsync("a sql query", new KernelArguments(mine));

        Assert.Same(mine, test.Strong.Calls.Single().Settings);
    }

    [Fact]
    public async Task KernelWithoutServices_MayComeWithTheCall()
    {
        var test = new TestKernel();
        IChatCompletionService service = test.Build().GetRequiredService<IChatCompletionService>();
        Kernel plugins = new();

        (string text, _) = await Ask.ServiceAsync(service, [new(AuthorRole.User, "a sql query")], streaming: false, null, plugins);

        Assert.Equal("strong", text);
        Assert.Same(plugins, test.Strong.Calls.Single().Kernel);
    }

    private sealed class OwnSettings : PromptExecutionSettings
    {
        public int Knob { get; set; }
    }

    private sealed class Decorator(IServiceProvider services) : IChatCompletionService
    {
        public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?>();

        private IChatCompletionService Inner => services.GetRequiredService<IChatCompletionService>();

        public Task<IReadOnlyList<Microsoft.SemanticKernel.ChatMessageContent>> GetChatMessageContentsAsync(
            ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
            Inner.GetChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken);

        public IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
            ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
            Inner.GetStreamingChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken);
    }
}
