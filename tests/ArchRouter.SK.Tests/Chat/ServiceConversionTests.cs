using System.Text.Json;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>The routed service as a chat client, and the routed client as a chat service, by Semantic Kernel's own adapters.</summary>
public sealed class ServiceConversionTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""{"type":"object"}""");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RoutedService_AsAChatClient_AnswersWithItsDecision(bool streaming)
    {
        var test = new TestKernel();
        using IChatClient client = test.Build().GetRequiredService<IChatCompletionService>().AsChatClient();

        ChatResponse response = await RespondAsync(client, streaming, options: null);

        Assert.Equal("strong", response.Text);
        Assert.Equal("sql", response.GetRoutingDecision()!.Policy);
        Assert.NotNull(client.GetService<ChatClientMetadata>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RoutedService_AsAChatClient_KeepsOptionsToolsAndFormat(bool streaming)
    {
        var test = new TestKernel();
        using IChatClient client = test.Build().GetRequiredService<IChatCompletionService>().AsChatClient();
        ChatOptions options = new()
        {
            Temperature = 0.25f,
            MaxOutputTokens = 7,
            Tools = [AIFunctionFactory.Create(() => 1, "tables")],
            ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema),
        };

        await RespondAsync(client, streaming, options);

        PromptExecutionSettings given = test.Strong.Calls.Single().Settings!;
        ChatOptions read = await ReadBackAsync(given);
        Assert.Equal(0.25f, read.Temperature);
        Assert.Equal(7, read.MaxOutputTokens);
        Assert.Equal(Schema.GetRawText(), Assert.IsType<ChatResponseFormatJson>(read.ResponseFormat).Schema!.Value.GetRawText());
        Assert.NotNull(given.FunctionChoiceBehavior);
    }

    [Theory]
    [InlineData("model-strong", "strong", RoutingOutcome.Explicit)]
    [InlineData("nobody-has-this", "fast", RoutingOutcome.Matched)]
    public async Task RoutedService_AsAChatClient_HonoursAModelId(string modelId, string target, RoutingOutcome outcome)
    {
        using IChatClient client = new TestKernel().Build().GetRequiredService<IChatCompletionService>().AsChatClient();

        ChatResponse response = await client.GetResponseAsync([new(ChatRole.User, "a mail")], new ChatOptions { ModelId = modelId });

        Assert.Equal(target, response.Text);
        Assert.Equal(outcome, response.GetRoutingDecision()!.Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RoutedClient_AsAChatService_IsRouted(bool streaming)
    {
        using RoutedChatClient client = Client(out TestChatClient strong);

        (string text, RoutingDecision? decision) = await Ask.ServiceAsync(client.AsChatCompletionService(), [new(AuthorRole.User, "a sql query")], streaming);

        Assert.Equal("strong", text);
        Assert.Equal("a sql query", Assert.Single(strong.Calls).Latest);
        // Of a whole response the adapter hands on the messages alone; updates keep their properties.
        Assert.Equal(streaming ? "sql" : null, decision?.Policy);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RoutedClient_AsAChatService_KeepsSettingsToolsAndFormat(bool streaming)
    {
        using RoutedChatClient client = Client(out TestChatClient strong);
        Kernel kernel = new();
        kernel.Plugins.AddFromFunctions("db", [KernelFunctionFactory.CreateFromMethod(() => 1, "tables")]);
        PromptExecutionSettings settings = new()
        {
            ExtensionData = new Dictionary<string, object> { ["temperature"] = 0.25, ["max_tokens"] = 7, ["response_format"] = Schema },
            FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: false),
        };

        await Ask.ServiceAsync(client.AsChatCompletionService(), [new(AuthorRole.User, "a sql query")], streaming, settings, kernel);

        ChatOptions given = strong.Calls.Single().Options!;
        Assert.Equal(0.25f, given.Temperature);
        Assert.Equal(7, given.MaxOutputTokens);
        Assert.Equal(Schema.GetRawText(), Assert.IsType<ChatResponseFormatJson>(given.ResponseFormat).Schema!.Value.GetRawText());
        Assert.Equal(["db_tables"], given.Tools!.Select(t => t.Name));
    }

    [Fact]
    public async Task RoutedClient_AsAChatService_HonoursAModelId()
    {
        using RoutedChatClient client = Client(out TestChatClient strong);

        (string text, _) = await Ask.ServiceAsync(
            client.AsChatCompletionService(), [new(AuthorRole.User, "a mail")], streaming: false, new() { ModelId = "strong" });

        Assert.Equal("strong", text);
        Assert.Null(strong.Calls.Single().Options!.ModelId);
    }

    private static async Task<ChatResponse> RespondAsync(IChatClient client, bool streaming, ChatOptions? options) => streaming
        ? await client.GetStreamingResponseAsync([new(ChatRole.User, "a sql query")], options).ToChatResponseAsync()
        : await client.GetResponseAsync([new(ChatRole.User, "a sql query")], options);

    /// <summary>What a target that is a chat client makes of settings.</summary>
    private static async Task<ChatOptions> ReadBackAsync(PromptExecutionSettings settings)
    {
        TestChatClient client = TestChatClient.Saying("read");
        await client.AsChatCompletionService().GetChatMessageContentsAsync([new(AuthorRole.User, "x")], settings);
        return client.Calls.Single().Options!;
    }

    private static RoutedChatClient Client(out TestChatClient strong)
    {
        strong = TestChatClient.Saying("strong");
        PreferenceRouter router = new(new RouteTables(RouteTable.Create(TestKernel.DefaultRoutes)), ScriptedRouterEngine.ByMention());
        return new RoutedChatClient(router, new Dictionary<string, IChatClient> { ["fast"] = TestChatClient.Saying("fast"), ["strong"] = strong });
    }
}
