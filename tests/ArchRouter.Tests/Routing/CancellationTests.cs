using ArchRouter.TestDoubles;
using Microsoft.Extensions.Logging.Testing;

namespace ArchRouter.Tests.Routing;

/// <summary>What the caller cancels is thrown as cancellation, at every stage, and counts nowhere as a failure.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly CancellationTokenSource _caller = new();
    private readonly FakeLogger<PreferenceRouter> _logger = new();

    [Fact]
    public async Task BeforeTheStart_NothingIsAsked()
    {
        ScriptedRouterEngine engine = ScriptedRouterEngine.ByMention();
        await _caller.CancelAsync();

        await AssertCancelled(engine);
        Assert.Empty(engine.Requests);
    }

    [Fact]
    public async Task WhileAnEngineObserves_IsThrown() => await AssertCancelled(new ScriptedRouterEngine(async (r, token) =>
    {
        await _caller.CancelAsync();
        token.ThrowIfCancellationRequested();
        return ScriptedRouterEngine.Scores(r.Policies, null);
    }));

    [Fact]
    public async Task WhileAnEngineHangs_IsThrown() => await AssertCancelled(new ScriptedRouterEngine(async (_, _) =>
    {
        await Task.Yield();
        await _caller.CancelAsync();
        return await new TaskCompletionSource<PolicyScores>().Task;
    }));

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(RouterOverloadedException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task WhenAnEngineFailsBecauseOfIt_IsThrown(Type failure) => await AssertCancelled(new ScriptedRouterEngine(async (_, _) =>
    {
        await _caller.CancelAsync();
        throw (Exception)Activator.CreateInstance(failure)!;
    }));

    [Fact]
    public async Task WhenARulesPredicateFailsBecauseOfIt_IsThrown()
    {
        RouteTable table = RouteTable.Create(r => r.Fallback("rest").Rule("r", new() { Predicate = _ => Fail() }, "fast"));

        await AssertCancelled(ScriptedRouterEngine.ByMention(), table);

        bool Fail()
        {
            _caller.Cancel();
            throw new InvalidOperationException();
        }
    }

    public void Dispose() => _caller.Dispose();

    private async Task AssertCancelled(IRouterEngine engine, RouteTable? table = null)
    {
        PreferenceRouter router = Given.Router(engine, table, new RouterOptions { Strict = true }, _logger);

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await router.RouteAsync(Given.Request("code"), _caller.Token));

        Assert.Equal(_caller.Token, error.CancellationToken);
        Assert.Equal(0, _logger.Collector.Count);
    }
}
