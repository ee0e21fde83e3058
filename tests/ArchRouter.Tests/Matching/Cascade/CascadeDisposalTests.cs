using static ArchRouter.Tests.Matching.Cascade.CascadeEngines;

namespace ArchRouter.Tests.Matching.Cascade;

public class CascadeDisposalTests
{
    private readonly List<string> _log = [];

    private SyncEngine Sync(string name) => new(name, _log);

    private AsyncEngine Async(string name) => new(name, _log);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Engines_AreDisposedOnceWithTheCascade(bool asynchronously)
    {
        var cascade = new CascadeRouterEngine(Sync("first"), Async("second"));
        for (int i = 0; i < 2; i++)
        {
            if (asynchronously)
            {
                await cascade.DisposeAsync();
            }
            else
            {
                cascade.Dispose();
            }
        }

        Assert.Equal(["first", "second"], _log);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await cascade.ScoreAsync(Request));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LeftOpen_AreNotDisposed(bool asynchronously)
    {
        var cascade = new CascadeRouterEngine(Sync("first"), Async("second"), leaveOpen: true);
        if (asynchronously)
        {
            await cascade.DisposeAsync();
        }
        else
        {
            cascade.Dispose();
        }

        Assert.Empty(_log);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await cascade.ScoreAsync(Request));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FirstThatFailsToDispose_DoesNotKeepTheSecond(bool asynchronously)
    {
        var cascade = new CascadeRouterEngine(Sync("fail"), Async("second"));

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            if (asynchronously)
            {
                await cascade.DisposeAsync();
            }
            else
            {
                cascade.Dispose();
            }
        });
        Assert.Equal(["fail", "second"], _log);
    }

    [Fact]
    public void EnginesThatNeedNoDisposal_AreFine() => new CascadeRouterEngine(First(1), Second()).Dispose();

    private sealed class SyncEngine(string name, List<string> log) : IRouterEngine, IDisposable
    {
        public ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default) => ValueTask.FromResult(Scores(request));

        public void Dispose()
        {
            log.Add(name);
            if (name == "fail")
            {
                throw new IOException();
            }
        }
    }

    private sealed class AsyncEngine(string name, List<string> log) : IRouterEngine, IAsyncDisposable
    {
        public ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default) => ValueTask.FromResult(Scores(request));

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            log.Add(name);
        }
    }
}
