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

    private static TestChatClient CallingATool(string text) => TestChatClient.Answering(
        call => call.Messages.Any(m => m.Role == ChatRole.Tool) ? new TextContent(text) : new FunctionCallContent("1", "weather"));
}
