using Microsoft.Extensions.Logging.Abstractions;

namespace ArchRouter.Tests.Resilience;

public sealed class FailoverTests
{
    private static readonly RoutingDecision Decision = new()
    {
        Outcome = RoutingOutcome.Matched,
        TableVersion = "v",
        Targets = [new RouteTarget("a"), new RouteTarget("b"), new RouteTarget("c")],
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Targets_AreAskedInOrderUntilOneAnswers(bool streaming)
    {
        List<string> asked = [];

        (string answer, RouteTarget servedBy) = await CallAsync(streaming, target =>
        {
            asked.Add(target.ServiceId);
            return target.ServiceId == "c" ? "hello" : throw new TimeoutException();
        });

        Assert.Equal(["a", "b", "c"], asked);
        Assert.Equal("hello", answer);
        Assert.Equal("c", servedBy.ServiceId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exhaustion_RethrowsTheLastFailure(bool streaming)
    {
        var errors = Decision.Targets.ToDictionary(t => t.ServiceId, t => new TimeoutException(t.ServiceId));

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => CallAsync(streaming, target => throw errors[target.ServiceId]));

        Assert.Same(errors["c"], thrown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FailureThrownBeforeAnythingIsAwaited_CountsToo(bool streaming)
    {
        (string answer, _) = streaming
            ? await FirstAsync(Failover.StreamAsync(
                Decision, t => t.ServiceId == "a" ? throw new TimeoutException() : Updates(() => "ok"), () => true, NullLogger.Instance, default))
            : await Failover.CallAsync(
                Decision, t => t.ServiceId == "a" ? throw new TimeoutException() : Task.FromResult("ok"), () => true, NullLogger.Instance, default);

        Assert.Equal("ok", answer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RetryableFailure_Surfaces_WhereTheCallMayNotBeStartedOver(bool streaming)
    {
        var error = new TimeoutException();

        Task run = streaming
            ? FirstAsync(Failover.StreamAsync<string>(Decision, _ => throw error, () => false, NullLogger.Instance, default))
            : Failover.CallAsync<string>(Decision, _ => throw error, () => false, NullLogger.Instance, default);

        Assert.Same(error, await Assert.ThrowsAsync<TimeoutException>(() => run));
    }

    [Fact]
    public async Task FailedStream_IsDisposedBeforeTheNextIsAsked()
    {
        List<string> events = [];
        async IAsyncEnumerable<string> Stream(string id)
        {
            try
            {
                await Task.Yield();
                events.Add($"ask {id}");
                yield return id == "b" ? "ok" : throw new TimeoutException();
            }
            finally
            {
                events.Add($"dispose {id}");
            }
        }

        await FirstAsync(Failover.StreamAsync(Decision, t => Stream(t.ServiceId), () => true, NullLogger.Instance, default));

        Assert.Equal(["ask a", "dispose a", "ask b", "dispose b"], events);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FailedStream_ThatCannotBeDisposedStillGivesWay(bool sameKind)
    {
        Exception disposal = sameKind ? new TimeoutException() : new InvalidOperationException("dispose");

        (string answer, RouteTarget servedBy) = await FirstAsync(Failover.StreamAsync<string>(
            Decision,
            t => t.ServiceId == "a" ? new BrokenStream(new TimeoutException(), disposal) : Updates(() => "ok"),
            () => true,
            NullLogger.Instance,
            default));

        Assert.Equal("ok", answer);
        Assert.Equal("b", servedBy.ServiceId);
    }

    [Fact]
    public async Task LastStream_ThatCannotBeDisposedSurfacesItsOwnFailure()
    {
        var error = new ArgumentException("request");

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => FirstAsync(Failover.StreamAsync(
            Decision, _ => new BrokenStream(error, new InvalidOperationException("dispose")), () => true, NullLogger.Instance, default)));

        Assert.Same(error, thrown);
    }

    [Fact]
    public async Task EmptyStream_IsAnAnswer()
    {
        int asked = 0;
        await foreach (var _ in Failover.StreamAsync(Decision, t => Empty(), () => true, NullLogger.Instance, default))
        {
            Assert.Fail("There is no update.");
        }

        Assert.Equal(1, asked);

        async IAsyncEnumerable<string> Empty()
        {
            asked++;
            await Task.Yield();
            yield break;
        }
    }

    private static Task<(string Answer, RouteTarget ServedBy)> CallAsync(bool streaming, Func<RouteTarget, string> answer) => streaming
        ? FirstAsync(Failover.StreamAsync(Decision, t => Updates(() => answer(t)), () => true, NullLogger.Instance, default))
        : Failover.CallAsync(
            Decision,
            async t =>
            {
                await Task.Yield();
                return answer(t);
            },
            () => true, NullLogger.Instance,
            default);

    private static async IAsyncEnumerable<string> Updates(Func<string> text)
    {
        await Task.Yield();
        yield return text();
    }

    private static async Task<(string Answer, RouteTarget ServedBy)> FirstAsync(IAsyncEnumerable<(string Update, RouteTarget ServedBy)> updates)
    {
        List<(string, RouteTarget)> all = [];
        await foreach (var update in updates)
        {
            all.Add(update);
        }

        return Assert.Single(all);
    }

    private sealed class BrokenStream(Exception error, Exception disposal) : IAsyncEnumerable<string>, IAsyncEnumerator<string>
    {
        public string Current => "";

        public IAsyncEnumerator<string> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync() => ValueTask.FromException<bool>(error);

        public ValueTask DisposeAsync() => ValueTask.FromException(disposal);
    }
}
