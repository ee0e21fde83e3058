using System.Diagnostics;
using System.Text.Json;
using ArchRouter.Tests.Diagnostics;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using static ArchRouter.Tests.Matching.Cascade.CascadeEngines;

namespace ArchRouter.Tests.Matching.Cascade;

/// <summary>What a decision, the log and the telemetry tell of the cascade.</summary>
public class CascadeDecisionTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger<PreferenceRouter> _logger = new();

    public static TheoryData<string, string, CascadeOutcome, string> Steps => new()
    {
        { "clear", "chat", CascadeOutcome.FirstKept, "policy 'code' at 0.95, next 'chat' 0.05 → strong; the first engine was clear (margin 0.90)" },
        { "unclear", "chat", CascadeOutcome.Escalated, "policy 'chat' at 0.90, next 'code' 0.05 → fast; the second engine was asked (margin of the first 0.20)" },
        { "unclear", "late", CascadeOutcome.SecondLate, "policy 'code' at 0.60, next 'chat' 0.40 → strong; the first engine's answer, as the second was late" },
        { "unclear", "busy", CascadeOutcome.SecondBusy, "policy 'code' at 0.60, next 'chat' 0.40 → strong; the first engine's answer, as the second was busy" },
        { "unclear", "broken", CascadeOutcome.SecondFailed, "policy 'code' at 0.60, next 'chat' 0.40 → strong; the first engine's answer, as the second failed (IOException)" },
        { "broken", "chat", CascadeOutcome.FirstFailed, "policy 'chat' at 0.90, next 'code' 0.05 → fast; the second engine's answer, as the first failed (IOException)" },
    };

    private PreferenceRouter Router(string first, string second) => Given.Router(
        new CascadeRouterEngine(Engine(first), Engine(second), timeProvider: _time), logger: _logger, time: _time);

    private static ScriptedRouterEngine Engine(string kind) => kind switch
    {
        "clear" => First(0.9),
        "unclear" => First(0.2),
        "late" => Waiting(),
        "busy" => ScriptedRouterEngine.Failing(new RouterOverloadedException("secret")),
        "broken" => ScriptedRouterEngine.Failing(new IOException("secret")),
        _ => Second(),
    };

    private async Task<RoutingDecision> Route(PreferenceRouter router, RouteContext? context = null)
    {
        Task<RoutingDecision> routing = router.RouteAsync(context ?? Given.Request("secret")).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        return await routing;
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Decision_TellsWhichEngineSpokeAndWhy(string first, string second, CascadeOutcome outcome, string reason)
    {
        RoutingDecision decision = await Route(Router(first, second));

        Assert.Equal((RoutingOutcome.Matched, outcome, reason), (decision.Outcome, decision.Cascade!.Outcome, decision.Reason));
        Assert.Equal(outcome is CascadeOutcome.Escalated or CascadeOutcome.FirstFailed ? "second" : "first", decision.EngineId);
        Assert.Null(decision.Error);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Warning_IsLoggedForABrokenEngineOnly(string first, string second, CascadeOutcome outcome, string reason)
    {
        RoutingDecision decision = await Route(Router(first, second));

        var warnings = _logger.Entries.Where(e => e.Level >= LogLevel.Information).ToList();
        if (outcome is CascadeOutcome.SecondFailed or CascadeOutcome.FirstFailed)
        {
            (LogLevel level, string message, Exception? error) = Assert.Single(warnings);
            Assert.Equal((LogLevel.Warning, $"An engine of the cascade failed ({outcome}); the other one's answer counts."), (level, message));
            Assert.Same(decision.Cascade!.Error, error);
        }
        else
        {
            Assert.Empty(warnings);
        }

        Assert.Contains(_logger.Entries, e => e.Message == $"Routed Call: {reason}");
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Activity_CarriesTheStep(string first, string second, CascadeOutcome outcome, string reason)
    {
        using var recorded = new RecordedActivity();

        RoutingDecision decision = await Route(Router(first, second));

        Assert.Equal(reason, decision.Reason);
        Activity found = recorded.Single();
        Assert.Equal(outcome.ToString(), found.GetTagItem("archrouter.cascade"));
        Assert.Equal(decision.Cascade!.Error?.GetType().FullName, found.GetTagItem("archrouter.cascade.error_type"));
        Assert.Equal(ActivityStatusCode.Unset, found.Status);
        Assert.DoesNotContain(found.TagObjects, t => t.Value is string text && text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ToolLoop_KeepsTheStepAndWarnsOnce()
    {
        PreferenceRouter router = Router("unclear", "broken");
        await Route(router);

        RoutingDecision kept = await Route(router, Given.Continuation("secret"));

        Assert.Equal((RoutingOutcome.Pinned, CascadeOutcome.SecondFailed), (kept.Outcome, kept.Cascade!.Outcome));
        Assert.StartsWith("same user turn as before: policy 'code'", kept.Reason, StringComparison.Ordinal);
        Assert.Single(_logger.Entries, e => e.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task BothBroken_IsEngineFailed()
    {
        RoutingDecision decision = await Route(Router("broken", "broken"));

        Assert.Equal((RoutingOutcome.EngineFailed, "rest"), (decision.Outcome, decision.Target.ServiceId));
        Assert.IsType<IOException>(decision.Error!.Data[CascadeRouterEngine.FirstErrorKey]);
        Assert.Null(decision.Cascade);
    }

    [Fact]
    public async Task Step_SurvivesJsonWithoutItsError()
    {
        RoutingDecision decision = await Route(Router("unclear", "broken"));

        CascadeStep read = JsonSerializer.Deserialize<CascadeStep>(JsonSerializer.Serialize(decision.Cascade))!;

        Assert.Equal(decision.Cascade! with { Error = null }, read);
    }

    [Fact]
    public async Task OneEngine_LeavesTheStepOut()
    {
        Assert.Null((await Route(Given.Router(Second(), logger: _logger, time: _time))).Cascade);
    }
}
