using System.Net;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace ArchRouter.Tests.Chat;

public sealed class RoutedFailoverTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ServiceFailure_LetsTheNextTargetTakeOver(bool streaming)
    {
        var chat = new RoutedChat { Strong = TestChatClient.Failing(new HttpRequestException("busy", null, HttpStatusCode.TooManyRequests)) };

        ChatResponse response = await chat.Client.AskAsync(streaming, "code");

        Assert.Equal("spare", response.Text);
        RoutingDecision decision = response.GetRoutingDecision()!;
        Assert.Equal("strong", decision.Target.ServiceId);
        Assert.Equal("spare", decision.ServedBy);
        Assert.Contains("strong failed, spare answered", decision.Reason, StringComparison.Ordinal);
        Assert.Single(chat.Engine.Requests);
        Assert.Empty(chat.Fast.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failover_IsLoggedOnceAndWithoutContents(bool streaming)
    {
        var error = new TimeoutException("late");
        var chat = new RoutedChat { Strong = TestChatClient.Failing(error) };
        var logger = new RecordingLogger<RoutedChatClient>();
        using var client = new RoutedChatClient(chat.Router, chat.Resolve, logger);

        await client.AskAsync(streaming, "code for Jane Doe");
        await client.AskAsync(streaming, "prose for Jane Doe");

        (LogLevel level, string message, Exception? logged) = Assert.Single(logger.Entries);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Equal("The target 'strong' failed before any output; trying 'spare'.", message);
        Assert.Same(error, logged);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RequestFailure_SurfacesUntouched(bool streaming)
    {
        var error = new HttpRequestException("bad", null, HttpStatusCode.BadRequest);
        var chat = new RoutedChat { Strong = TestChatClient.Failing(error) };

        Assert.Same(error, await Assert.ThrowsAsync<HttpRequestException>(() => chat.Client.AskAsync(streaming, "code")));

        Assert.Empty(chat.Spare.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LastFailure_SurfacesUntouched(bool streaming)
    {
        var error = new TimeoutException("spare");
        var chat = new RoutedChat { Strong = TestChatClient.Failing(new TimeoutException("strong")), Spare = TestChatClient.Failing(error) };

        Assert.Same(error, await Assert.ThrowsAsync<TimeoutException>(() => chat.Client.AskAsync(streaming, "code")));

        Assert.Single(chat.Strong.Calls);
        Assert.Single(chat.Spare.Calls);
    }

    [Fact]
    public async Task MidStreamFailure_SurfacesUntouched()
    {
        var error = new TimeoutException();
        var chat = new RoutedChat { Strong = TestChatClient.FailingAfter("half", error) };
        List<ChatResponseUpdate> updates = [];

        var thrown = await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (ChatResponseUpdate update in chat.Client.GetStreamingResponseAsync("code"))
            {
                updates.Add(update);
            }
        });

        Assert.Same(error, thrown);
        Assert.Equal("strong", Assert.Single(updates).GetRoutingDecision()!.ServedBy);
        Assert.Empty(chat.Spare.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TimeOut_OfTheTargetsOwnIsAFailure(bool streaming)
    {
        var chat = new RoutedChat { Strong = TestChatClient.Failing(new TaskCanceledException("HttpClient.Timeout", new TimeoutException())) };
        using var source = new CancellationTokenSource();

        Assert.Equal("spare", (await chat.Client.AskAsync(streaming, "code", null, source.Token)).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MissingTarget_DoesNotFailOver(bool streaming)
    {
        var chat = new RoutedChat();
        using var client = new RoutedChatClient(chat.Router, id => id == "strong" ? null : chat.Resolve(id));

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.AskAsync(streaming, "code"));

        Assert.Empty(chat.Spare.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NullAnswer_IsAnErrorThatNamesTheTarget(bool streaming)
    {
        IChatClient broken = Moq.Mock.Of<IChatClient>(c =>
            c.GetResponseAsync(Moq.It.IsAny<IEnumerable<ChatMessage>>(), Moq.It.IsAny<ChatOptions>(), default) == Task.FromResult<ChatResponse>(null!)
            && c.GetStreamingResponseAsync(Moq.It.IsAny<IEnumerable<ChatMessage>>(), Moq.It.IsAny<ChatOptions>(), default) == null);
        var chat = new RoutedChat();
        using var client = new RoutedChatClient(chat.Router, _ => broken);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => client.AskAsync(streaming, "code"));

        Assert.Contains("'strong' returned null", error.Message, StringComparison.Ordinal);
    }
}
