using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat;

public sealed class RoutedToolLoopTests
{
    private static readonly AITool Weather = AIFunctionFactory.Create(() => "prose about code", "weather");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ToolLoop_OutsideIsDecidedOncePerUserTurn(bool streaming)
    {
        var chat = new RoutedChat { Strong = CallingATool("done") };
        using IChatClient client = new ChatClientBuilder(chat.Client).UseFunctionInvocation().Build();

        ChatResponse response = await client.AskAsync(streaming, "code", new ChatOptions { Tools = [Weather] });

        Assert.Equal("done", response.Text);
        Assert.Single(chat.Engine.Requests);
        Assert.Equal(2, chat.Strong.Calls.Count);
        Assert.Empty(chat.Fast.Calls);
        RoutingDecision decision = response.GetRoutingDecision()!;
        Assert.Equal(RoutingOutcome.Pinned, decision.Outcome);
        Assert.Equal(RoutingOutcome.Matched, decision.PinnedOutcome);
        Assert.Equal("code", decision.Policy);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NextUserTurn_IsDecidedAnew(bool streaming)
    {
        var chat = new RoutedChat { Strong = CallingATool("done") };
        using IChatClient client = new ChatClientBuilder(chat.Client).UseFunctionInvocation().Build();
        List<ChatMessage> history = [new(ChatRole.User, "code")];
        var options = new ChatOptions { Tools = [Weather] };
        history.AddMessages(await client.AskAsync(streaming, history, options));
        history.Add(new(ChatRole.User, "now prose"));

        ChatResponse response = await client.AskAsync(streaming, history, options);

        Assert.Equal("fast", response.Text);
        Assert.Equal(RoutingOutcome.Matched, response.GetRoutingDecision()!.Outcome);
        Assert.Equal(2, chat.Engine.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ToolLoop_InsideTheTargetIsOneRequest(bool streaming)
    {
        var chat = new RoutedChat();
        using IChatClient strong = new ChatClientBuilder(CallingATool("done")).UseFunctionInvocation().Build();
        using var client = new RoutedChatClient(chat.Router, id => id == "strong" ? strong : chat.Resolve(id));

        ChatResponse response = await client.AskAsync(streaming, "code", new ChatOptions { Tools = [Weather] });

        Assert.Equal("done", response.Text);
        Assert.Equal(RoutingOutcome.Matched, response.GetRoutingDecision()!.Outcome);
        Assert.Single(chat.Engine.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ToolLoop_OverAServiceThatKeepsTheHistoryStaysThere(bool streaming)
    {
        int answers = 0;
        async IAsyncEnumerable<ChatResponseUpdate> Answer(TestChatCall call)
        {
            await Task.Yield();
            AIContent content = call.Messages[^1].Role == ChatRole.Tool && answers == 2 ? new TextContent("done") : new FunctionCallContent($"{answers}", "weather");
            yield return new(ChatRole.Assistant, [content]) { ConversationId = $"conversation {++answers}" };
        }

        var chat = new RoutedChat { Strong = new((call, _) => Answer(call)) };
        using IChatClient client = new ChatClientBuilder(chat.Client).UseFunctionInvocation().Build();

        ChatResponse response = await client.AskAsync(streaming, "code", new ChatOptions { Tools = [Weather] });

        Assert.Equal("done", response.Text);
        Assert.Equal([ChatRole.User, ChatRole.Tool, ChatRole.Tool], chat.Strong.Calls.Select(call => Assert.Single(call.Messages).Role));
        Assert.Equal([null, "conversation 1", "conversation 2"], chat.Strong.Calls.Select(call => call.Options!.ConversationId));
        Assert.Equal(RoutingOutcome.Pinned, response.GetRoutingDecision()!.Outcome);
        Assert.Equal(RoutingOutcome.Matched, response.GetRoutingDecision()!.PinnedOutcome);
        Assert.Single(chat.Engine.Requests);
        Assert.Empty(chat.Fast.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ToolLoop_StaysWithTheTargetThatTookOverInALaterStep(bool streaming)
    {
        var chat = new RoutedChat
        {
            Strong = TestChatClient.Answering(call => Results(call) == 0 ? new FunctionCallContent("1", "weather") : throw new TimeoutException()),
            Spare = TestChatClient.Answering(call => Results(call) == 1 ? new FunctionCallContent("2", "weather") : new TextContent("done")),
        };
        using IChatClient client = new ChatClientBuilder(chat.Client).UseFunctionInvocation().Build();

        ChatResponse response = await client.AskAsync(streaming, "code", new ChatOptions { Tools = [Weather] });

        Assert.Equal("done", response.Text);
        Assert.Equal((2, 2), (chat.Strong.Calls.Count, chat.Spare.Calls.Count));
        RoutingDecision decision = response.GetRoutingDecision()!;
        Assert.Equal((RoutingOutcome.Pinned, RoutingOutcome.Matched, "code"), (decision.Outcome, decision.PinnedOutcome!.Value, decision.Policy));
        Assert.Equal(["spare", "strong"], decision.Targets.Select(t => t.ServiceId));
        Assert.Single(chat.Engine.Requests);

        static int Results(TestChatCall call) => call.Messages.Count(m => m.Role == ChatRole.Tool);
    }

    [Fact]
    public async Task UserTurn_OfAServicesConversationIsDecidedAnew()
    {
        var chat = new RoutedChat { Strong = new((_, _) => new[] { new ChatResponseUpdate(ChatRole.Assistant, "strong") { ConversationId = "c" } }.ToAsyncEnumerable()) };
        await chat.Client.GetResponseAsync("code");

        ChatResponse next = await chat.Client.GetResponseAsync("prose", new ChatOptions { ConversationId = "c" });

        Assert.Equal("fast", next.Text);
        Assert.Equal("c", Assert.Single(chat.Fast.Calls).Options!.ConversationId);
    }

    [Fact]
    public async Task ConversationOfAService_HasNoStandIn()
    {
        var error = new TimeoutException();
        var chat = new RoutedChat
        {
            Strong = new((call, _) => call.Messages[^1].Role == ChatRole.Tool
                ? throw error
                : new[] { new ChatResponseUpdate(ChatRole.Assistant, "strong") { ConversationId = "c" } }.ToAsyncEnumerable()),
        };
        await chat.Client.GetResponseAsync("code");
        ChatMessage result = new(ChatRole.Tool, [new FunctionResultContent("1", "sunny")]);

        Assert.Same(error, await Assert.ThrowsAsync<TimeoutException>(() => chat.Client.GetResponseAsync([result], new ChatOptions { ConversationId = "c" })));

        Assert.Empty(chat.Spare.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ToolLoop_KeepsTheDecisionOfItsOwnInstructions(bool streaming)
    {
        // Two agents answer the same request at the same time and differ in their instructions only.
        var chat = new RoutedChat
        {
            Table = t => t
                .Rule("reviewer", new RuleCondition { Predicate = c => c.Instructions == "Review." }, to: "spare")
                .Route("code", "Writing code", to: "strong")
                .Fallback("fast"),
        };
        List<ChatMessage> history = [new(ChatRole.User, "code")];
        var coder = new ChatOptions { Instructions = "Code." };
        await chat.Client.AskAsync(streaming, history, coder);
        await chat.Client.AskAsync(streaming, history, new ChatOptions { Instructions = "Review." });
        history.Add(new(ChatRole.Assistant, [new FunctionCallContent("1", "weather")]));
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("1", "sunny")]));

        ChatResponse continued = await chat.Client.AskAsync(streaming, history, coder);

        Assert.Equal("strong", continued.Text);
        Assert.Equal(RoutingOutcome.Pinned, continued.GetRoutingDecision()!.Outcome);
    }

    private static TestChatClient CallingATool(string text) => TestChatClient.Answering(
        call => call.Messages.Any(m => m.Role == ChatRole.Tool) ? new TextContent(text) : new FunctionCallContent("1", "weather"));
}
