using ArchRouter.TestDoubles;
using Microsoft.Extensions.Time.Testing;
using static ArchRouter.Tests.Matching.Cascade.CascadeEngines;

namespace ArchRouter.Tests.Matching.Cascade;

public class CascadeTimingTests
{
    private readonly FakeTimeProvider _time = new();

    public static TheoryData<ScriptedRouterEngine> Late => new(Waiting(), Given.Hanging());

    private CascadeRouterEngine Cascade(IRouterEngine first, IRouterEngine second, TimeSpan? deadline = null) =>
        new(first, second, new() { SecondDeadline = deadline }, timeProvider: _time);

    [Theory]
    [MemberData(nameof(Late))]
    public async Task LateSecond_NeverDelaysBeyondItsDeadline(ScriptedRouterEngine second)
    {
        Task<PolicyScores> scoring = Cascade(First(0.1), second).ScoreAsync(Request).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(scoring.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        PolicyScores scores = await scoring;
        Assert.Equal(("first", CascadeOutcome.SecondLate), (scores.EngineId, scores.Cascade!.Outcome));
        Assert.Equal(0.1, scores.Cascade.FirstMargin!.Value, 9);
    }

    [Fact]
    public async Task SecondInTime_Counts()
    {
        var answer = new TaskCompletionSource();
        Task<PolicyScores> scoring = Cascade(First(0.1), SecondAfter(answer.Task)).ScoreAsync(Request).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(999));
        answer.SetResult();

        Assert.Equal(CascadeOutcome.Escalated, (await scoring).Cascade!.Outcome);
    }

    [Fact]
    public async Task TimeOfTheFirst_CountsToo()
    {
        var slow = new ScriptedRouterEngine((request, token) =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(700));
            return First(0.1).ScoreAsync(request, token);
        });
        Task<PolicyScores> scoring = Cascade(slow, Waiting()).ScoreAsync(Request).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.False(scoring.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(CascadeOutcome.SecondLate, (await scoring).Cascade!.Outcome);
    }

    [Fact]
    public async Task FirstThatTakesTheWholeTime_LeavesNoneToAskTheSecond()
    {
        var slow = new ScriptedRouterEngine((request, token) =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return First(0.1).ScoreAsync(request, token);
        });
        ScriptedRouterEngine second = Second();

        Assert.Equal(CascadeOutcome.SecondLate, (await Cascade(slow, second).ScoreAsync(Request)).Cascade!.Outcome);
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task InfiniteDeadline_WaitsForTheSecond()
    {
        var answer = new TaskCompletionSource();
        Task<PolicyScores> scoring = Cascade(First(0.1), SecondAfter(answer.Task), Timeout.InfiniteTimeSpan).ScoreAsync(Request).AsTask();
        _time.Advance(TimeSpan.FromDays(20));
        Assert.False(scoring.IsCompleted);
        answer.SetResult();

        Assert.Equal(CascadeOutcome.Escalated, (await scoring).Cascade!.Outcome);
    }

    [Fact]
    public async Task SecondWithoutAFirst_HasNoDeadlineOfItsOwn()
    {
        var answer = new TaskCompletionSource();
        Task<PolicyScores> scoring = Cascade(ScriptedRouterEngine.Failing(new IOException()), SecondAfter(answer.Task)).ScoreAsync(Request).AsTask();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(scoring.IsCompleted);
        answer.SetResult();

        Assert.Equal(CascadeOutcome.FirstFailed, (await scoring).Cascade!.Outcome);
    }

    [Fact]
    public async Task LateSecond_IsCancelled()
    {
        CancellationToken given = default;
        var second = new ScriptedRouterEngine(async (_, token) =>
        {
            given = token;
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException("Not reached.");
        });
        Task<PolicyScores> scoring = Cascade(First(0.1), second).ScoreAsync(Request).AsTask();
        Assert.False(given.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(1));
        await scoring;

        Assert.True(given.IsCancellationRequested);
    }

    [Fact]
    public async Task FailureOfAnAbandonedSecond_IsObserved()
    {
        string mark = $"late {Guid.NewGuid():n}";
        List<string> unobserved = [];
        void Note(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (unobserved)
            {
                unobserved.Add(e.Exception.ToString());
            }
        }

        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await AbandonOne(mark);
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            lock (unobserved)
            {
                Assert.DoesNotContain(unobserved, e => e.Contains(mark, StringComparison.Ordinal));
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }
    }

    // In a method of its own, so that nothing keeps the task alive.
    private async Task AbandonOne(string mark)
    {
        var failing = new TaskCompletionSource<PolicyScores>();
        var second = new ScriptedRouterEngine((_, _) => new ValueTask<PolicyScores>(failing.Task));
        Task<PolicyScores> scoring = Cascade(First(0.1), second).ScoreAsync(Request).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        await scoring;
        failing.SetException(new IOException(mark));
    }
}
