using System.Diagnostics;
using System.Text.Json;
using ArchRouter.TestDoubles;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat.Agents;

public sealed class RoutedAgentTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Agent_IsRoutedByTheUsersRequest(bool streaming)
    {
        var chat = new RoutedChat();
        var agent = new ChatClientAgent(chat.Client, instructions: "You write prose.", name: "Writer");

        AgentResponse response = await RunAsync(agent, streaming, "code");

        Assert.Equal("strong", response.Text);
        Assert.Equal("You write prose.", Assert.Single(chat.Strong.Calls).Options!.Instructions);
        Assert.Equal("strong", response.AsChatResponse().GetRoutingDecision()!.ServedBy);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Instructions_AreSeenByRules(bool streaming)
    {
        var chat = new RoutedChat
        {
            Table = t => t
                .Rule("secret", new RuleCondition { Predicate = c => c.Instructions?.Contains("secret", StringComparison.Ordinal) ?? false }, to: "spare")
                .Fallback("fast"),
        };

        AgentResponse response = await RunAsync(new ChatClientAgent(chat.Client, "You keep secrets secret."), streaming, "code");

        Assert.Equal("spare", response.Text);
        Assert.Empty(chat.Engine.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_IsRoutedTurnByTurn(bool streaming)
    {
        var chat = new RoutedChat();
        var agent = new ChatClientAgent(chat.Client, "Help.");
        AgentSession session = await agent.CreateSessionAsync();

        string first = (await RunAsync(agent, streaming, "code", session)).Text;
        string second = (await RunAsync(agent, streaming, "now prose", session)).Text;
        string third = (await RunAsync(agent, streaming, "thanks", session)).Text;

        Assert.Equal(["strong", "fast", "fast"], [first, second, third]);
        Assert.Equal(["code", "strong", "now prose", "fast", "thanks"], chat.Fast.Calls.Last().Messages.Select(m => m.Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_WithDecisionsCanBeSaved(bool streaming)
    {
        var chat = new RoutedChat { Engine = ScriptedRouterEngine.Failing(Thrown()) };
        var agent = new ChatClientAgent(chat.Client, "Help.");
        AgentSession session = await agent.CreateSessionAsync();
        await RunAsync(agent, streaming, "code", session);

        JsonElement saved = await agent.SerializeSessionAsync(session);
        AgentSession restored = await agent.DeserializeSessionAsync(JsonSerializer.Deserialize<JsonElement>(saved.GetRawText()));
        await RunAsync(agent, streaming, "prose", restored);

        Assert.Equal(["code", "fast", "prose"], chat.Fast.Calls.Last().Messages.Select(m => m.Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tools_AreDecidedOncePerTurn(bool streaming)
    {
        var chat = new RoutedChat
        {
            Strong = TestChatClient.Answering(call => call.Messages[^1].Role == ChatRole.Tool ? new TextContent("done") : new FunctionCallContent("1", "look")),
        };
        var agent = new ChatClientAgent(chat.Client, "Help.", tools: [AIFunctionFactory.Create(() => "prose", "look")]);

        AgentResponse response = await RunAsync(agent, streaming, "code");

        Assert.Equal("done", response.Text);
        Assert.Single(chat.Engine.Requests);
        Assert.Equal(2, chat.Strong.Calls.Count);
        Assert.Equal(RoutingOutcome.Pinned, response.AsChatResponse().GetRoutingDecision()!.Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AgentName_ComesFromItsOptions(bool streaming)
    {
        var chat = new RoutedChat { Table = ReviewerToSpare };
        var agent = new ChatClientAgent(chat.Client, new ChatClientAgentOptions { ChatOptions = new ChatOptions().WithAgentName("Reviewer") });

        Assert.Equal("spare", (await RunAsync(agent, streaming, "code")).Text);
        Assert.Null(Assert.Single(chat.Spare.Calls).Options!.AdditionalProperties);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AgentName_DoesNotDependOnItsTrace(bool streaming)
    {
        string source = $"{nameof(RoutedAgentTests)}.{Guid.NewGuid()}";
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        var unknown = new RoutedChat { Table = ReviewerToSpare };
        var known = new RoutedChat { Table = ReviewerToSpare, Options = new() { FindAgentName = () => AIAgent.CurrentRunContext?.Agent.Name } };
        foreach ((RoutedChat chat, string servedBy) in new[] { (unknown, "fast"), (known, "spare") })
        {
            var agent = new ChatClientAgent(chat.Client, "Help.", name: "Reviewer");
            AIAgent traced = agent.AsBuilder().UseOpenTelemetry(source).Build();

            Assert.Equal(servedBy, (await RunAsync(agent, streaming, "code")).Text);
            Assert.Equal(servedBy, (await RunAsync(traced, streaming, "code")).Text);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Table_CanBePickedPerRun(bool streaming)
    {
        var chat = new RoutedChat { Named = { ["team"] = RouteTable.Create(t => t.Fallback("spare")) } };
        var agent = new ChatClientAgent(chat.Client, "Help.");
        var options = new ChatClientAgentRunOptions(new ChatOptions().WithRouteTable("team"));

        Assert.Equal("spare", (await RunAsync(agent, streaming, "code", options: options)).Text);
        Assert.Equal("strong", (await RunAsync(agent, streaming, "code")).Text);
    }

    private static void ReviewerToSpare(RouteTableBuilder table) =>
        table.Rule("review", new RuleCondition { Agent = "review*" }, to: "spare").Fallback("fast");

    private static Task<AgentResponse> RunAsync(
        AIAgent agent, bool streaming, string request, AgentSession? session = null, AgentRunOptions? options = null) =>
        streaming
            ? agent.RunStreamingAsync(request, session, options).ToAgentResponseAsync()
            : agent.RunAsync(request, session, options);

    // One that was thrown holds a stack and a method, which JSON cannot.
    private static InvalidDataException Thrown()
    {
        try
        {
            throw new InvalidDataException("bad model");
        }
        catch (InvalidDataException error)
        {
            return error;
        }
    }
}
