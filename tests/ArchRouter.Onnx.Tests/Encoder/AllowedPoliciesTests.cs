using Microsoft.Extensions.AI;

namespace ArchRouter.Onnx.Tests;

/// <summary>Agents that are limited to some policies, over encoders.</summary>
public sealed class AllowedPoliciesTests
{
    private const string Request = "Write a C# method that parses ISO dates";

    private static readonly RouteTable Table = RouteTable.Create(r => r
        .Route("code_generation", "Writing new functions, classes, scripts or tests from a description", to: "strong")
        .Route("code_understanding", "Explaining, summarising or answering questions about existing code", to: "fast")
        .Route("debugging", "Finding out why code fails and fixing it", to: "strong")
        .Agent("explainer", ["code_understanding", "debugging"])
        .Fallback("fast"));

    [Fact]
    public async Task BundledModel_ScoresWhatTheAgentMayMatchOnly()
    {
        var router = Router(Bundled.Engine);

        RoutingDecision free = await router.RouteAsync(Step("coder"));
        RoutingDecision limited = await router.RouteAsync(Step("explainer"));

        Assert.Equal("code_generation", free.Policy);
        Assert.NotEqual("code_generation", limited.Policy);
        Assert.Equal(["code_understanding", "debugging", "other"], limited.Alternatives.Select(a => a.Name).Order());
        Assert.Equal(1, limited.Alternatives.Sum(a => a.Probability), 6);
    }

    [Fact]
    public async Task Encoder_ReadsThePoliciesOfASubsetOnce()
    {
        var encoder = new ScriptedTextEncoder();
        await using EncoderRouterEngine engine = encoder.ToEngine();
        var router = Router(engine);
        for (int i = 0; i < 3; i++)
        {
            await router.RouteAsync(Step("explainer"));
            await router.RouteAsync(Step("coder", "debugging", "code_understanding"));
            await router.RouteAsync(Step("explainer", "debugging", "code_generation"));
        }

        // Two policies of the first and the second, which are the same subset, none of the third, whose one is known, and the request each time.
        Assert.Equal(2 + 9, encoder.Texts.Count);
    }

    private static PreferenceRouter Router(IRouterEngine engine) => new(new RouteTables(Table), engine, new RouterOptions { Deadline = Timeout.InfiniteTimeSpan });

    private static RouteContext Step(string agent, params string[] allowed) => new()
    {
        Conversation = ConversationWindow.FromMessages([new ChatMessage(ChatRole.User, Request)]),
        AgentName = agent,
        AllowedPolicies = allowed.Length == 0 ? null : allowed,
    };
}
