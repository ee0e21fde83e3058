using ArchRouter.TestDoubles;
using Microsoft.Extensions.Time.Testing;
using static ArchRouter.Tests.Matching.Cascade.CascadeEngines;

namespace ArchRouter.Tests.Matching.Cascade;

public sealed class CascadeCancellationTests : IDisposable
{
    private readonly CancellationTokenSource _caller = new();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task BeforeTheStart_AsksNobody()
    {
        ScriptedRouterEngine first = First(1);
        await _caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new CascadeRouterEngine(first, Second()).ScoreAsync(Request, _caller.Token));
        Assert.Empty(first.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DuringTheFirst_IsThrown_AndTheSecondIsNotAsked(bool obedient)
    {
        ScriptedRouterEngine second = Second();
        Task<PolicyScores> scoring = new CascadeRouterEngine(obedient ? Waiting() : Given.Hanging(), second).ScoreAsync(Request, _caller.Token).AsTask();
        await _caller.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scoring);
        Assert.Equal(_caller.Token, error.CancellationToken);
        Assert.Empty(second.Requests);
    }

    [Theory]
    [InlineData(true, 0.1)]
    [InlineData(false, 0.1)]
    [InlineData(true, null)]
    [InlineData(false, null)]
    public async Task DuringTheSecond_IsThrown(bool obedient, double? margin)
    {
        IRouterEngine first = margin is { } m ? First(m) : ScriptedRouterEngine.Failing(new IOException());
        Task<PolicyScores> scoring = new CascadeRouterEngine(first, obedient ? Waiting() : Given.Hanging(), timeProvider: new FakeTimeProvider()).ScoreAsync(Request, _caller.Token).AsTask();
        await _caller.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scoring);
        Assert.Equal(_caller.Token, error.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReportedAsAnotherError_IsStillCancellation(bool first)
    {
        var engine = new ScriptedRouterEngine(async (_, _) =>
        {
            await _caller.CancelAsync();
            throw new IOException("connection closed");
        });
        var cascade = new CascadeRouterEngine(first ? engine : First(0.1), first ? Second() : engine);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cascade.ScoreAsync(Request, _caller.Token));
    }

    [Fact]
    public async Task ThroughTheRouter_IsThrown()
    {
        PreferenceRouter router = Given.Router(new CascadeRouterEngine(First(0.1), Waiting()), time: new FakeTimeProvider());
        Task<RoutingDecision> routing = router.RouteAsync(Given.Request("code"), _caller.Token).AsTask();
        await _caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => routing);
    }
}
