using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Routing;

public class PinningTests
{
    private readonly ScriptedRouterEngine _engine = ScriptedRouterEngine.ByMention();

    [Fact]
    public async Task ToolLoop_AsksTheEngineOnce()
    {
        PreferenceRouter router = Given.Router(_engine);
        RoutingDecision first = await router.RouteAsync(Given.Request("code"));
        RoutingDecision second = await router.RouteAsync(Given.Continuation("code"));
        RoutingDecision third = await router.RouteAsync(Given.Continuation("code"));

        Assert.Single(_engine.Requests);
        Assert.All([second, third], d => Assert.Equal((RoutingOutcome.Pinned, RoutingOutcome.Matched), (d.Outcome, d.PinnedOutcome!.Value)));
        Assert.Equal((first.Policy, first.Targets, first.Probability), (third.Policy, third.Targets, third.Probability));
    }

    [Fact]
    public async Task Continuation_WithoutARememberedTurnAsksTheEngineOnce()
    {
        PreferenceRouter router = Given.Router(_engine);

        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(Given.Continuation("code"))).Outcome);
        Assert.Equal(RoutingOutcome.Pinned, (await router.RouteAsync(Given.Continuation("code"))).Outcome);
        Assert.Single(_engine.Requests);
    }

    [Fact]
    public async Task NewTurn_WithTheSameTextIsDecidedAnew()
    {
        PreferenceRouter router = Given.Router(_engine);

        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(Given.Request("code"))).Outcome);
        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(Given.Request("code"))).Outcome);
        Assert.Equal(2, _engine.Requests.Count);
    }

    [Fact]
    public async Task FailedDecision_IsKeptForTheTurn()
    {
        PreferenceRouter router = Given.Router(ScriptedRouterEngine.Failing(new IOException()));
        await router.RouteAsync(Given.Request("code"));
        RoutingDecision second = await router.RouteAsync(Given.Continuation("code"));

        Assert.Equal((RoutingOutcome.Pinned, RoutingOutcome.EngineFailed), (second.Outcome, second.PinnedOutcome!.Value));
    }

    [Fact]
    public async Task OtherCaller_DoesNotShareTheTurn()
    {
        PreferenceRouter router = Given.Router(_engine);
        await router.RouteAsync(Given.Request("code"));
        RouteContext continuation = Given.Continuation("code");

        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(new() { Conversation = continuation.Conversation, AgentName = "a" })).Outcome);
        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(new() { Conversation = continuation.Conversation, PluginName = "a" })).Outcome);
        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(new() { Conversation = continuation.Conversation, FunctionName = "a" })).Outcome);
        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(new() { Conversation = continuation.Conversation, Table = RouteTable.Create(r => r.Route("code", "C", "x").Fallback("y")) })).Outcome);
    }

    [Fact]
    public async Task TurnWithAnImage_DoesNotShareWithTheSameTextWithoutOne()
    {
        RouteTable table = RouteTable.Create(r => r.Route("code", "C", "coder").Fallback("rest").Rule("images", new() { HasImage = true }, "vision"));
        PreferenceRouter router = Given.Router(_engine, table);
        ChatMessage image = new(ChatRole.User, [new TextContent("code"), new DataContent(new byte[] { 1 }, "image/png")]);
        await router.RouteAsync(new() { Conversation = Given.Window(image) });
        await router.RouteAsync(Given.Request("code"));

        RoutingDecision step = await router.RouteAsync(new()
        {
            Conversation = Given.Window(image, new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "x")])),
        });

        Assert.Equal((RoutingOutcome.Pinned, "vision"), (step.Outcome, step.Target.ServiceId));
    }

    [Fact]
    public async Task TurnAfterAnImage_DoesNotShareWithTheSameTextWithoutOne()
    {
        RouteTable table = RouteTable.Create(r => r
            .Route("code", "C", "blind", ["vision"])
            .Target(new RouteTarget("blind") { Capabilities = TargetCapabilities.Tools })
            .Target(new RouteTarget("vision") { Capabilities = TargetCapabilities.Tools | TargetCapabilities.Vision })
            .Fallback("vision"));
        PreferenceRouter router = Given.Router(_engine, table);
        ChatMessage[] seen =
        [
            new(ChatRole.User, [new TextContent("look"), new DataContent(new byte[] { 1 }, "image/png")]),
            new(ChatRole.Assistant, "seen"),
            new(ChatRole.User, "code"),
        ];
        await router.RouteAsync(new() { Conversation = Given.Window(seen) });
        await router.RouteAsync(new() { Conversation = Given.Window(new(ChatRole.User, "look"), seen[1], seen[2]) });

        RoutingDecision step = await router.RouteAsync(new()
        {
            Conversation = Given.Window([.. seen, new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "x")])]),
        });

        Assert.Equal((RoutingOutcome.Pinned, "vision"), (step.Outcome, step.Target.ServiceId));
    }

    [Fact]
    public async Task Rule_ForImagesLooksAtTheLatestTurnOnly()
    {
        RouteTable table = RouteTable.Create(r => r.Route("code", "C", "coder").Fallback("rest").Rule("images", new() { HasImage = true }, "vision"));
        ChatMessage image = new(ChatRole.User, [new TextContent("look"), new DataContent(new byte[] { 1 }, "image/png")]);

        RoutingDecision decision = await Given.Router(_engine, table).RouteAsync(new() { Conversation = Given.Window(image, new ChatMessage(ChatRole.User, "code")) });

        Assert.Equal((RoutingOutcome.Matched, "coder"), (decision.Outcome, decision.Target.ServiceId));
    }

    [Fact]
    public async Task Memory_IsBounded()
    {
        PreferenceRouter router = Given.Router(_engine, options: new() { RememberedTurns = 1 });
        await router.RouteAsync(Given.Request("code"));
        await router.RouteAsync(Given.Request("chat"));

        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(Given.Continuation("code"))).Outcome);
    }

    [Fact]
    public async Task Memory_CanBeTurnedOff()
    {
        PreferenceRouter router = Given.Router(_engine, options: new() { RememberedTurns = 0 });
        await router.RouteAsync(Given.Request("code"));

        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(Given.Continuation("code"))).Outcome);
        Assert.Equal(2, _engine.Requests.Count);
    }
}
