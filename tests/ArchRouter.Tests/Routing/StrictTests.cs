using ArchRouter.TestDoubles;
using Microsoft.Extensions.Time.Testing;

namespace ArchRouter.Tests.Routing;

public class StrictTests
{
    private static readonly RouterOptions Strict = new() { Strict = true };

    [Fact]
    public async Task EngineError_IsThrownWithTheDecision()
    {
        var cause = new IOException("disk");

        var error = await Assert.ThrowsAsync<RoutingFailedException>(async () => await Given.Router(ScriptedRouterEngine.Failing(cause), options: Strict).RouteAsync(Given.Request("code")));

        Assert.Same(cause, error.InnerException);
        Assert.Equal((RoutingOutcome.EngineFailed, "rest"), (error.Decision.Outcome, error.Decision.Target.ServiceId));
        Assert.Equal("routing failed (IOException: disk) → fallback rest", error.Message);
    }

    [Fact]
    public async Task OverloadDeadlineAndUnknownTable_AreThrown()
    {
        Assert.Equal(RoutingOutcome.Overloaded, await OutcomeOf(ScriptedRouterEngine.Failing(new RouterOverloadedException()), Given.Request("code")));
        Assert.Equal(RoutingOutcome.EngineFailed, await OutcomeOf(ScriptedRouterEngine.ByMention(), new() { TableName = "none" }));

        var time = new FakeTimeProvider();
        Task<RoutingDecision> routing = Given.Router(Given.Hanging(), options: Strict, time: time).RouteAsync(Given.Request("code")).AsTask();
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(RoutingOutcome.TimedOut, (await Assert.ThrowsAsync<RoutingFailedException>(() => routing)).Decision.Outcome);
    }

    [Theory]
    [InlineData("weather", RoutingOutcome.NoMatch)]
    [InlineData("", RoutingOutcome.NoUserMessage)]
    [InlineData("code", RoutingOutcome.Matched)]
    public async Task WhatIsNoFailure_IsNotThrown(string text, RoutingOutcome outcome) =>
        Assert.Equal(outcome, (await Given.Router(options: Strict).RouteAsync(Given.Request(text))).Outcome);

    [Fact]
    public async Task Options_AreCopied()
    {
        var options = new RouterOptions();
        PreferenceRouter router = Given.Router(ScriptedRouterEngine.Failing(new IOException()), options: options);
        options.Strict = true;

        Assert.Equal(RoutingOutcome.EngineFailed, (await router.RouteAsync(Given.Request("code"))).Outcome);
    }

    private static async Task<RoutingOutcome> OutcomeOf(IRouterEngine engine, RouteContext context) =>
        (await Assert.ThrowsAsync<RoutingFailedException>(async () => await Given.Router(engine, options: Strict).RouteAsync(context))).Decision.Outcome;
}
