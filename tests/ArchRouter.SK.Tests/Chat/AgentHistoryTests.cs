using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using ChatMessageContent = Microsoft.SemanticKernel.ChatMessageContent;

namespace ArchRouter.SK.Tests;

/// <summary>Histories as Semantic Kernel's agents make them, through the selector as its agents call it.</summary>
public sealed class AgentHistoryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SequentialAgent_IsRoutedByTheAnswerItIsHanded(bool streaming)
    {
        var test = new TestKernel();
        ChatHistory history = [new(AuthorRole.System, "You review.") { AuthorName = "Reviewer" }, new(AuthorRole.Assistant, "Here is the sql query.") { AuthorName = "Writer" }];

        (string text, RoutingDecision? decision) = await AskAsAgentAsync(test.Build(), history, streaming);

        Assert.Equal("strong", text);
        Assert.Equal("sql", decision!.Policy);
    }

    [Fact]
    public async Task GroupChat_IsRoutedByTheUsersRequest_NotByOtherAgents()
    {
        ChatHistory history = [new(AuthorRole.User, "a sql query"), new(AuthorRole.Assistant, "a mail would be better") { AuthorName = "Writer" }];

        (_, RoutingDecision? decision) = await AskAsAgentAsync(new TestKernel().Build(), history, streaming: false);

        Assert.Equal("sql", decision!.Policy);
    }

    [Fact]
    public async Task SeveralPeople_AreAllUsers()
    {
        ChatHistory history =
        [
            new(AuthorRole.User, "a mail") { AuthorName = "Alice" },
            new(AuthorRole.Assistant, "done"),
            new(AuthorRole.User, "a sql query") { AuthorName = "Bob" },
        ];

        (_, RoutingDecision? decision) = await AskAsAgentAsync(new TestKernel().Build(), history, streaming: false);

        Assert.Equal("sql", decision!.Policy);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AgentOverChatClients_GetsAnswerAndDecision(bool streaming)
    {
        Kernel kernel = WithClients();
        KernelFunction placeholder = KernelFunctionFactory.CreateFromPrompt("placeholder");
        Assert.False(kernel.ServiceSelector.TrySelectAIService(kernel, placeholder, [], out IChatCompletionService? _, out _));
        Assert.True(((IChatClientSelector)kernel.ServiceSelector).TrySelectChatClient(kernel, placeholder, [], out IChatClient? client, out _));

        (string text, RoutingDecision? decision) = await Ask.ServiceAsync(
            client.AsChatCompletionService(kernel.Services), [new(AuthorRole.User, "a sql query")], streaming, null, kernel);

        Assert.Equal("strong", text);
        Assert.Equal("sql", decision!.Policy);
    }

    [Theory]
    [InlineData("fast", null)]
    [InlineData(null, "model-fast")]
    public void ChatClientKernel_GivesTheClientThatTheCallNames(string? serviceId, string? modelId)
    {
        Kernel kernel = WithClients();
        KernelArguments arguments = new(new PromptExecutionSettings { ServiceId = serviceId, ModelId = modelId });
        KernelFunction function = KernelFunctionFactory.CreateFromPrompt("a sql query");

        Assert.False(kernel.ServiceSelector.TrySelectAIService(kernel, function, arguments, out IChatCompletionService? _, out _));
        Assert.True(((IChatClientSelector)kernel.ServiceSelector).TrySelectChatClient(kernel, function, arguments, out IChatClient? client, out _));
        Assert.Equal("model-fast", client.GetService<ChatClientMetadata>()!.DefaultModelId);
    }

    private static Kernel WithClients()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        foreach (string serviceId in new[] { "fast", "strong" })
        {
            builder.Services.AddKeyedSingleton(serviceId, new RecordingChatService(serviceId, $"model-{serviceId}").AsChatClient());
        }

        builder.AddArchRouterSelector(TestKernel.DefaultRoutes, router => router.UseEngine(TestDoubles.ScriptedRouterEngine.ByMention()));
        return builder.Build();
    }

    private static Task<(string Text, RoutingDecision? Decision)> AskAsAgentAsync(Kernel kernel, ChatHistory history, bool streaming)
    {
        KernelFunction placeholder = KernelFunctionFactory.CreateFromPrompt("placeholder");
        Assert.True(kernel.ServiceSelector.TrySelectAIService(kernel, placeholder, [], out IChatCompletionService? service, out PromptExecutionSettings? settings));
        return Ask.ServiceAsync(service, history, streaming, settings, kernel);
    }
}
