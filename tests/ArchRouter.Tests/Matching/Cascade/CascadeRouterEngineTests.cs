using ArchRouter.TestDoubles;
using static ArchRouter.Tests.Matching.Cascade.CascadeEngines;

namespace ArchRouter.Tests.Matching.Cascade;

public class CascadeRouterEngineTests
{
    private static async Task<PolicyScores> Score(IRouterEngine first, IRouterEngine second, CascadeRouterOptions? options = null) =>
        await new CascadeRouterEngine(first, second, options).ScoreAsync(Request);

    [Theory]
    [InlineData(0.80)]
    [InlineData(0.75)]
    public async Task ClearFirst_IsKept_AndTheSecondIsNotAsked(double margin)
    {
        ScriptedRouterEngine second = Second();

        PolicyScores scores = await Score(First(margin), second);

        Assert.Equal(("first", RouterTier.Encoder, CascadeOutcome.FirstKept), (scores.EngineId, scores.Tier, scores.Cascade!.Outcome));
        Assert.Equal(margin, scores.Cascade.FirstMargin!.Value, 9);
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task UnclearFirst_Escalates()
    {
        PolicyScores scores = await Score(First(0.74), Second());

        Assert.Equal(("second", RouterTier.RouterModel, CascadeOutcome.Escalated), (scores.EngineId, scores.Tier, scores.Cascade!.Outcome));
        Assert.Equal(0.74, scores.Cascade.FirstMargin!.Value, 9);
        Assert.Null(scores.Cascade.Error);
        Assert.Equal([0.05, 0.9], scores.Probabilities);
    }

    [Theory]
    [InlineData(0, 0.5, CascadeOutcome.Escalated)]
    [InlineData(0, 0.2, CascadeOutcome.FirstKept)]
    [InlineData(0.8, 0.5, CascadeOutcome.FirstKept)]
    public async Task Margin_CountsOtherAsAnAnswer(double other, double bar, CascadeOutcome expected)
    {
        double rest = 1 - other;
        ScriptedRouterEngine first = Given.Scoring(rest * 0.7, rest * 0.3, other);

        PolicyScores scores = await Score(first, Second(), new() { MinimumMargin = bar });

        Assert.Equal(expected, scores.Cascade!.Outcome);
        Assert.Equal(other > 0 ? 0.66 : 0.4, scores.Cascade.FirstMargin!.Value, 9);
    }

    [Fact]
    public async Task BusySecond_LeavesTheFirstsAnswer()
    {
        var busy = new RouterOverloadedException();
        PolicyScores scores = await Score(First(0.1), ScriptedRouterEngine.Failing(busy));

        Assert.Equal(("first", CascadeOutcome.SecondBusy), (scores.EngineId, scores.Cascade!.Outcome));
        Assert.Same(busy, scores.Cascade.Error);
        Assert.Equal(0.1, scores.Cascade.FirstMargin!.Value, 9);
    }

    public static TheoryData<ScriptedRouterEngine, Type> Broken => new()
    {
        { ScriptedRouterEngine.Failing(new IOException("down")), typeof(IOException) },
        { new((_, _) => throw new HttpRequestException("thrown at once")), typeof(HttpRequestException) },
        { ScriptedRouterEngine.Failing(new OperationCanceledException("the client's own time-out")), typeof(OperationCanceledException) },
        { new((_, _) => ValueTask.FromResult<PolicyScores>(null!)), typeof(InvalidOperationException) },
        { new((_, _) => ValueTask.FromResult(ScriptedRouterEngine.Scores(new([new("x", "y")]), "x"))), typeof(InvalidOperationException) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task BrokenSecond_LeavesTheFirstsAnswer(ScriptedRouterEngine second, Type error)
    {
        PolicyScores scores = await Score(First(0.1), second);

        Assert.Equal(("first", CascadeOutcome.SecondFailed), (scores.EngineId, scores.Cascade!.Outcome));
        Assert.IsType(error, scores.Cascade.Error);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task BrokenFirst_LetsTheSecondAnswer(ScriptedRouterEngine first, Type error)
    {
        PolicyScores scores = await Score(first, Second());

        Assert.Equal(("second", CascadeOutcome.FirstFailed), (scores.EngineId, scores.Cascade!.Outcome));
        Assert.IsType(error, scores.Cascade.Error);
        Assert.Null(scores.Cascade.FirstMargin);
    }

    [Fact]
    public async Task BothBroken_ThrowsTheSecondsExceptionWithTheFirsts()
    {
        var first = new IOException("disk");
        var second = new RouterOverloadedException();

        Exception error = await Assert.ThrowsAsync<RouterOverloadedException>(() => Score(ScriptedRouterEngine.Failing(first), ScriptedRouterEngine.Failing(second)));

        Assert.Same(second, error);
        Assert.Same(first, error.Data[CascadeRouterEngine.FirstErrorKey]);
    }

    [Fact]
    public async Task BothBrokenByTheSameException_ThrowsItAsItIs()
    {
        var error = new IOException("disk");

        Assert.Same(error, await Assert.ThrowsAsync<IOException>(() => Score(ScriptedRouterEngine.Failing(error), ScriptedRouterEngine.Failing(error))));
        Assert.Empty(error.Data);
    }

    [Fact]
    public void OptionsOutOfRange_AreAllNamed()
    {
        var options = new CascadeRouterOptions { MinimumMargin = double.NaN, SecondDeadline = TimeSpan.Zero };

        var error = Assert.Throws<ArgumentException>(() => new CascadeRouterEngine(First(0), Second(), options));

        Assert.Contains("MinimumMargin is NaN", error.Message, StringComparison.Ordinal);
        Assert.Contains("SecondDeadline is 00:00:00", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_AreCopied()
    {
        var options = new CascadeRouterOptions { MinimumMargin = 0.5 };
        var cascade = new CascadeRouterEngine(First(0.6), Second(), options);
        options.MinimumMargin = 1;

        Assert.Equal(CascadeOutcome.FirstKept, (await cascade.ScoreAsync(Request)).Cascade!.Outcome);
    }

    [Fact]
    public async Task WarmUp_ReachesBothEngines()
    {
        ScriptedRouterEngine first = First(1);
        ScriptedRouterEngine second = Second();

        await Given.Router(new CascadeRouterEngine(first, second)).WarmUpAsync();

        Assert.Single(first.Requests);
        Assert.Single(second.Requests);
    }
}
