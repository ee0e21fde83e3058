using ArchRouter.TestDoubles;
using Microsoft.Extensions.Time.Testing;

namespace ArchRouter.Tests.Routing;

public class DeadlineTests
{
    private readonly FakeTimeProvider _time = new();

    private static readonly ScriptedRouterEngine Obedient = new(static async (r, token) =>
    {
        await Task.Delay(Timeout.Infinite, token);
        return ScriptedRouterEngine.Scores(r.Policies, null);
    });

    public static TheoryData<ScriptedRouterEngine> Late => new(Obedient, Given.Hanging());

    [Theory]
    [MemberData(nameof(Late))]
    public async Task LateEngine_IsTimedOut(ScriptedRouterEngine engine)
    {
        Task<RoutingDecision> routing = Given.Router(engine, time: _time).RouteAsync(Given.Request("code")).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(routing.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        RoutingDecision decision = await routing;
        Assert.Equal((RoutingOutcome.TimedOut, "rest"), (decision.Outcome, decision.Target.ServiceId));
        Assert.Equal("The router model did not answer within 00:00:02.", Assert.IsType<TimeoutException>(decision.Error).Message);
        Assert.Equal(TimeSpan.FromSeconds(2), decision.Elapsed);
    }

    [Fact]
    public async Task EngineThatAnswersInTime_IsNotTimedOut()
    {
        var answer = new TaskCompletionSource();
        var engine = new ScriptedRouterEngine(async (r, _) =>
        {
            await answer.Task;
            return ScriptedRouterEngine.Scores(r.Policies, "code");
        });
        Task<RoutingDecision> routing = Given.Router(engine, time: _time).RouteAsync(Given.Request("code")).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        answer.SetResult();

        RoutingDecision decision = await routing;
        Assert.Equal((RoutingOutcome.Matched, TimeSpan.FromSeconds(1)), (decision.Outcome, decision.Elapsed));
    }

    [Fact]
    public async Task InfiniteDeadline_WaitsForTheEngine()
    {
        var options = new RouterOptions { Deadline = Timeout.InfiniteTimeSpan };
        var caller = new CancellationTokenSource();
        Task<RoutingDecision> routing = Given.Router(Given.Hanging(), options: options, time: _time).RouteAsync(Given.Request("code"), caller.Token).AsTask();
        _time.Advance(TimeSpan.FromDays(20));
        Assert.False(routing.IsCompleted);

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => routing);
    }

    public static TheoryData<TimeSpan> BadDeadlines => new(TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.MaxValue, TimeSpan.FromDays(25));

    [Theory]
    [MemberData(nameof(BadDeadlines))]
    public void DeadlineThatNoTimerTakes_IsRefused(TimeSpan deadline)
    {
        var error = Assert.Throws<RouteTableException>(() => Given.Router(options: new() { Deadline = deadline, RememberedTurns = -1 }));

        Assert.Equal([$"The deadline is {deadline}.", "The number of remembered turns is -1."], error.Problems.Select(p => p.Message));
    }

    [Fact]
    public async Task LongestDeadline_IsTaken()
    {
        PreferenceRouter router = Given.Router(options: new() { Deadline = TimeSpan.FromDays(24) });

        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(Given.Request("code"))).Outcome);
    }
}
