using System.Runtime.CompilerServices;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat;

public sealed class RoutedCancellationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelled_BeforeTheCall(bool streaming)
    {
        var chat = new RoutedChat();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => chat.Client.AskAsync(streaming, "code", null, new CancellationToken(canceled: true)));

        Assert.Empty(chat.Engine.Requests);
        Assert.Empty(chat.Strong.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelled_WhileRouting(bool streaming)
    {
        using var source = new CancellationTokenSource();
        var chat = new RoutedChat
        {
            Engine = new(async (_, token) =>
            {
                await source.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException("not reached");
            }),
            Options = new() { Deadline = Timeout.InfiniteTimeSpan },
        };

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chat.Client.AskAsync(streaming, "code", null, source.Token));

        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Empty(chat.Fast.Calls);
        Assert.Empty(chat.Strong.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelled_WhileTheTargetAnswers(bool streaming)
    {
        using var source = new CancellationTokenSource();
        var chat = new RoutedChat { Strong = new((_, token) => CancelledAt(source, 0, token)) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chat.Client.AskAsync(streaming, "code", null, source.Token));

        Assert.Empty(chat.Spare.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelled_WhileTheTargetFails(bool streaming)
    {
        using var source = new CancellationTokenSource();
        var error = new TimeoutException();
        var chat = new RoutedChat { Strong = new((_, _) => CancelledThen(source, error)) };

        Assert.Same(error, await Assert.ThrowsAsync<TimeoutException>(() => chat.Client.AskAsync(streaming, "code", null, source.Token)));

        Assert.Empty(chat.Spare.Calls);
    }

    [Fact]
    public async Task Cancelled_MidStream()
    {
        using var source = new CancellationTokenSource();
        var chat = new RoutedChat { Strong = new((_, token) => CancelledAt(source, 1, token)) };
        List<string> texts = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate update in chat.Client.GetStreamingResponseAsync("code", null, source.Token))
            {
                texts.Add(update.Text);
            }
        });

        Assert.Equal(["0"], texts);
        Assert.Empty(chat.Spare.Calls);
    }

    [Fact]
    public async Task Cancelled_ByTheEnumeratorsToken()
    {
        using var source = new CancellationTokenSource();
        var chat = new RoutedChat { Strong = new((_, token) => CancelledAt(source, 1, token)) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate update in chat.Client.GetStreamingResponseAsync("code").WithCancellation(source.Token))
            {
                Assert.Equal("0", update.Text);
            }
        });

        Assert.Empty(chat.Spare.Calls);
    }

    [Fact]
    public async Task Abandoned_StreamDisposesTheTargets()
    {
        bool disposed = false;
        async IAsyncEnumerable<ChatResponseUpdate> Endless()
        {
            try
            {
                while (true)
                {
                    await Task.Yield();
                    yield return new(ChatRole.Assistant, "more");
                }
            }
            finally
            {
                disposed = true;
            }
        }

        var chat = new RoutedChat { Strong = new((_, _) => Endless()) };
        await foreach (ChatResponseUpdate update in chat.Client.GetStreamingResponseAsync("code"))
        {
            break;
        }

        Assert.True(disposed);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> CancelledAt(
        CancellationTokenSource source, int index, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; ; i++)
        {
            if (i == index)
            {
                await source.CancelAsync();
            }

            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(ChatRole.Assistant, $"{i}");
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> CancelledThen(CancellationTokenSource source, Exception error)
    {
        await source.CancelAsync();
        if (error is not null)
        {
            throw error;
        }

        yield break;
    }
}
