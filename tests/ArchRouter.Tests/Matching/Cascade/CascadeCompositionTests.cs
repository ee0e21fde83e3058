using ArchRouter.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using static ArchRouter.Tests.Matching.Cascade.CascadeEngines;

namespace ArchRouter.Tests.Matching.Cascade;

public class CascadeCompositionTests
{
    private static ArchRouterBuilder Builder(TimeSpan? deadline = null) => new ServiceCollection().AddArchRouter(Given.Routes).Configure(o => o.Deadline = deadline ?? o.Deadline);

    private static async Task<RoutingDecision> Route(ArchRouterBuilder builder)
    {
        await using ServiceProvider provider = builder.Services.BuildServiceProvider();
        return await provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("code"));
    }

    [Theory]
    [InlineData(0.9, CascadeOutcome.FirstKept)]
    [InlineData(0.1, CascadeOutcome.Escalated)]
    public async Task UseCascade_AsksBoth(double margin, CascadeOutcome outcome) =>
        Assert.Equal(outcome, (await Route(Builder().UseCascade(_ => First(margin), _ => Second()))).Cascade!.Outcome);

    [Fact]
    public async Task UseCascade_TakesOptions() =>
        Assert.Equal(CascadeOutcome.FirstKept, (await Route(Builder().UseCascade(_ => First(0.2), _ => Second(), o => o.MinimumMargin = 0.1))).Cascade!.Outcome);

    [Fact]
    public async Task EscalateTo_PutsAnEngineBehindTheOneThatIsSet() =>
        Assert.Equal("second", (await Route(Builder().UseEngine(_ => First(0.1)).EscalateTo(second => second.UseEngine(Second())))).EngineId);

    [Fact]
    public async Task EscalateTo_TakesAnEngineRegisteredByType()
    {
        ArchRouterBuilder builder = Builder();
        builder.Services.AddSingleton<IRouterEngine, Unclear>();

        Assert.Equal(CascadeOutcome.Escalated, (await Route(builder.EscalateTo(second => second.UseEngine(Second())))).Cascade!.Outcome);
    }

    [Fact]
    public void EscalateTo_NeedsTwoEngines()
    {
        var none = Assert.Throws<InvalidOperationException>(() => Builder().EscalateTo(second => second.UseEngine(Second())));
        var one = Assert.Throws<InvalidOperationException>(() => Builder().UseEngine(First(1)).EscalateTo(_ => { }));

        Assert.Contains("Call UseEncoder()", none.Message, StringComparison.Ordinal);
        Assert.Contains("sets no engine", one.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MadeEngines_AreDisposedWithTheContainer_GivenOnesAreNot(bool given)
    {
        Unclear first = new();
        Unclear second = new();
        ArchRouterBuilder builder = given
            ? Builder().UseEngine(first).EscalateTo(b => b.UseEngine(second))
            : Builder().UseEngine(_ => first).EscalateTo(b => b.UseEngine(_ => second));

        await Route(builder);

        int expected = given ? 0 : 1;
        Assert.Equal((expected, expected), (first.Disposals, second.Disposals));
    }

    [Fact]
    public async Task FirstEngine_IsDisposedWhenTheSecondCannotBeMade()
    {
        Unclear first = new();

        await Assert.ThrowsAsync<FileNotFoundException>(() => Route(Builder().UseCascade(_ => first, _ => throw new FileNotFoundException())));

        Assert.Equal(1, first.Disposals);
    }

    [Fact]
    public async Task SecondDeadline_IsHalfTheRoutersByDefault()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        ArchRouterBuilder builder = Builder(TimeSpan.FromSeconds(10)).UseCascade(_ => First(0.1), _ => Waiting());
        builder.Services.AddSingleton<TimeProvider>(time);
        await using ServiceProvider provider = builder.Services.BuildServiceProvider();
        Task<RoutingDecision> routing = provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("code")).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.False(routing.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(CascadeOutcome.SecondLate, (await routing).Cascade!.Outcome);
    }

    [Fact]
    public async Task SecondDeadline_IsOneSecondWhereTheRouterHasNone()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        ArchRouterBuilder builder = Builder(Timeout.InfiniteTimeSpan).UseCascade(_ => First(0.1), _ => Waiting());
        builder.Services.AddSingleton<TimeProvider>(time);
        await using ServiceProvider provider = builder.Services.BuildServiceProvider();
        Task<RoutingDecision> routing = provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("code")).AsTask();
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CascadeOutcome.SecondLate, (await routing).Cascade!.Outcome);
    }

    public static TheoryData<TimeSpan> TooLong => new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

    [Theory]
    [MemberData(nameof(TooLong))]
    public async Task SecondDeadlineThatTheRouterDoesNotWaitFor_IsRefused(TimeSpan deadline)
    {
        var error = await Assert.ThrowsAsync<RouteTableException>(() => Route(Builder().UseCascade(_ => First(1), _ => Second(), o => o.SecondDeadline = deadline)));

        Assert.Contains("after 00:00:02 already", Assert.Single(error.Problems).Message, StringComparison.Ordinal);
    }

    private sealed class Unclear : IRouterEngine, IDisposable
    {
        public int Disposals { get; private set; }

        public ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default) => First(0.1).ScoreAsync(request, cancellationToken);

        public void Dispose() => Disposals++;
    }
}
