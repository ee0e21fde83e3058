using ArchRouter.TestDoubles;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using static ArchRouter.Tests.Matching.Cascade.CascadeEngines;

namespace ArchRouter.Tests.Matching.Cascade;

public class CascadeProperties
{
    private static readonly Gen<Func<ScriptedRouterEngine>> Engine = Gen.OneOf(
        Gen.Double[0, 1].Select(margin => (Func<ScriptedRouterEngine>)(() => First(margin))),
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Select((a, b) => (Func<ScriptedRouterEngine>)(() => Given.Scoring(a * b, (1 - a) * b, 1 - b))),
        Gen.OneOf<Func<ScriptedRouterEngine>>(
            () => ScriptedRouterEngine.Failing(new IOException()),
            () => ScriptedRouterEngine.Failing(new RouterOverloadedException()),
            () => ScriptedRouterEngine.Failing(new OperationCanceledException()),
            () => new((_, _) => throw new InvalidOperationException()),
            () => new(async (_, _) =>
            {
                await Task.Yield();
                throw new TimeoutException();
            }),
            () => new((_, _) => ValueTask.FromResult<PolicyScores>(null!)),
            () => new((_, _) => ValueTask.FromResult(ScriptedRouterEngine.Scores(new([new("x", "y")]), "x"))),
            () => new((_, _) => default),
            () => Waiting(),
            Given.Hanging));

    [Fact]
    public Task AnyPairOfEngines_GivesADeclaredTargetAndNeverThrows() =>
        Gen.Select(Engine, Engine, Gen.Double[0, 1]).SampleAsync(async (first, second, bar) =>
        {
            var time = new FakeTimeProvider();
            using var cascade = new CascadeRouterEngine(first(), second(), new() { MinimumMargin = bar }, timeProvider: time);
            Task<RoutingDecision> routing = Given.Router(cascade, time: time).RouteAsync(Given.Request("anything")).AsTask();

            // Engines that yield go on at their own pace; time only has to pass until the router has had to answer.
            while (!routing.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(500));
                await Task.Yield();
            }

            RoutingDecision decision = await routing;
            Assert.Contains(decision.Target.ServiceId, new[] { "strong", "fast", "rest" });
            Assert.Contains(decision.Policy, new[] { "code", "chat", null });
            Assert.All(decision.Alternatives, a => Assert.Contains(a.Name, new[] { "code", "chat", "other" }));
            Assert.Equal(decision.Alternatives.Count > 0, decision.Cascade is not null);
            Assert.True(decision.Cascade is not null || decision.Target.ServiceId == "rest");
            Assert.NotEqual(RoutingOutcome.Pinned, decision.Outcome);
        });
}
