using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat;

public sealed class RoutedDecisionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task IsUserAuthor_ThatFails_DoesNotBreakTheCall(bool streaming)
    {
        var chat = new RoutedChat { Options = new() { IsUserAuthor = _ => throw new InvalidOperationException() } };

        ChatResponse answer = await chat.Client.AskAsync(
            streaming, [new ChatMessage(ChatRole.User, "code"), new ChatMessage(ChatRole.User, "prose") { AuthorName = "Ann" }]);

        Assert.Equal("strong", answer.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decision_ComesWithTheAnswer(bool streaming)
    {
        ChatResponse response = await new RoutedChat().Client.AskAsync(streaming, "code");

        RoutingDecision decision = response.GetRoutingDecision()!;
        Assert.Equal(RoutingOutcome.Matched, decision.Outcome);
        Assert.Equal("code", decision.Policy);
        Assert.Equal("strong", decision.ServedBy);
    }

    [Theory]
    [InlineData("m")]
    [InlineData(null)]
    public async Task Decision_SurvivesTheCombiningOfUpdates(string? messageId)
    {
        var chat = new RoutedChat
        {
            Strong = new((_, _) => new[] { "a", "b" }.Select(t => new ChatResponseUpdate(ChatRole.Assistant, t) { MessageId = messageId }).ToAsyncEnumerable()),
        };

        ChatResponse response = await chat.Client.GetStreamingResponseAsync("code").ToChatResponseAsync();

        Assert.Equal("ab", response.Text);
        Assert.Equal("strong", response.GetRoutingDecision()!.ServedBy);
    }

    [Fact]
    public async Task Decision_ComesWithTheFirstUpdateOnly()
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in new RoutedChat().Client.GetStreamingResponseAsync("code"))
        {
            updates.Add(update);
        }

        Assert.Equal(2, updates.Count);
        Assert.Equal("strong", updates[0].GetRoutingDecision()!.ServedBy);
        Assert.Null(updates[1].GetRoutingDecision());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decision_LeavesTheTargetsOwnProperties(bool streaming)
    {
        var chat = new RoutedChat
        {
            Strong = new((_, _) => new[] { new ChatResponseUpdate(ChatRole.Assistant, "hi") { AdditionalProperties = new() { ["own"] = 1 } } }.ToAsyncEnumerable()),
        };

        ChatResponse response = await chat.Client.AskAsync(streaming, "code");

        Assert.Equal(1, response.AdditionalProperties!["own"]);
        Assert.NotNull(response.GetRoutingDecision());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Target_IsNotAskedBeforeTheDecision(bool streaming)
    {
        var gate = new TaskCompletionSource();
        var chat = new RoutedChat
        {
            Engine = new(async (request, token) =>
            {
                await gate.Task.WaitAsync(token);
                return ScriptedRouterEngine.Scores(request.Policies, "code");
            }),
            Options = new() { Deadline = Timeout.InfiniteTimeSpan },
        };

        Task<ChatResponse> asking = chat.Client.AskAsync(streaming, "anything");
        Assert.Single(chat.Engine.Requests);
        Assert.Empty(chat.Fast.Calls);
        Assert.Empty(chat.Strong.Calls);
        gate.SetResult();

        Assert.Equal("strong", (await asking).Text);
    }

    [Fact]
    public async Task Stream_IsARequestForEachEnumeration()
    {
        var chat = new RoutedChat();
        IAsyncEnumerable<ChatResponseUpdate> stream = chat.Client.GetStreamingResponseAsync("code");
        Assert.Empty(chat.Engine.Requests);

        await stream.ToChatResponseAsync();
        await stream.ToChatResponseAsync();

        Assert.Equal(2, chat.Engine.Requests.Count);
        Assert.Equal(2, chat.Strong.Calls.Count);
    }

    [Fact]
    public void Decision_IsNullWhereThereIsNone()
    {
        Assert.Null(new ChatResponse().GetRoutingDecision());
        Assert.Null(new ChatResponseUpdate().GetRoutingDecision());
        Assert.Null(new ChatResponse { AdditionalProperties = new() { [RoutingDecision.MetadataKey] = "text" } }.GetRoutingDecision());
    }
}
