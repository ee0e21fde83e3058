using System.Text.Json.Nodes;
using ArchRouter.Tests.Resilience;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace ArchRouter.Tests.Matching.Remote;

/// <summary>The engine with the real OpenAI client against a server on loopback.</summary>
public class RemoteRouterServerTests
{
    private const string Code = """{"route": "code"}""";

    private static async Task<RoutingDecision> Route(IChatClient client, RemoteRouterOptions? options = null, string text = "write a function")
    {
        using var engine = new RemoteRouterEngine(client, options);
        return await Given.Router(engine, options: new() { Deadline = Timeout.InfiniteTimeSpan }).RouteAsync(Given.Request(text));
    }

    [Fact]
    public async Task Request_AsksForOneOfTheNames()
    {
        using var server = new RouterServer(_ => RouterServer.Saying(Code));

        RoutingDecision decision = await Route(server.Client());

        Assert.Equal((RoutingOutcome.Matched, "code", "gpt-test", RouterTier.RouterModel), (decision.Outcome, decision.Policy, decision.EngineId, decision.Tier));
        Assert.Equal(RemoteRouterEngine.AssumedProbability, decision.Probability);
        JsonNode request = Assert.Single(server.Requests);
        Assert.Equal("json_schema", request["response_format"]!["type"]!.GetValue<string>());
        JsonNode schema = request["response_format"]!["json_schema"]!["schema"]!;
        Assert.Equal(["code", "chat", "other"], schema["properties"]!["route"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.Equal(["route"], schema["required"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
        Assert.Equal(0, request["temperature"]!.GetValue<double>());
        Assert.Equal(36, request["max_completion_tokens"]!.GetValue<int>());
        Assert.Null(request["stop"]);
        JsonNode message = Assert.Single(request["messages"]!.AsArray())!;
        Assert.Equal("user", message["role"]!.GetValue<string>());
        Assert.Contains("""[{"role": "user", "content": "write a function"}]""", message["content"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutSchema_TheAnswerIsCutAtItsEnd()
    {
        using var server = new RouterServer(_ => RouterServer.Saying(Code[..^1]));

        RoutingDecision decision = await Route(server.Client(), new() { Structured = StructuredAnswers.Never });

        Assert.Equal("code", decision.Policy);
        JsonNode request = Assert.Single(server.Requests);
        Assert.Null(request["response_format"]);
        Assert.Contains("}", request["stop"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    [InlineData(501)]
    public async Task RefusedSchema_IsLeftOutFromThenOn(int status)
    {
        using var server = new RouterServer(r => r["response_format"] is null ? RouterServer.Saying(Code) : RouterServer.Refusing(status));
        using var engine = new RemoteRouterEngine(server.Client());
        PreferenceRouter router = Given.Router(engine, options: new() { Deadline = Timeout.InfiniteTimeSpan });

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("code", (await router.RouteAsync(Given.Request("x"))).Policy);
        }

        Assert.Equal([true, false, false, false], server.Requests.Select(r => r["response_format"] is not null));
    }

    [Fact]
    public async Task RefusalOfTheRequestItself_IsNotTakenForOneOfTheSchema()
    {
        int calls = 0;
        using var server = new RouterServer(_ => ++calls <= 2 ? RouterServer.Refusing(400) : RouterServer.Saying(Code));
        using var engine = new RemoteRouterEngine(server.Client());
        PreferenceRouter router = Given.Router(engine, options: new() { Deadline = Timeout.InfiniteTimeSpan });

        Assert.Equal(RoutingOutcome.EngineFailed, (await router.RouteAsync(Given.Request("x"))).Outcome);
        Assert.Equal(RoutingOutcome.Matched, (await router.RouteAsync(Given.Request("y"))).Outcome);
        Assert.Equal([true, false, true], server.Requests.Select(r => r["response_format"] is not null));
    }

    [Theory]
    [InlineData(StructuredAnswers.Always, 400)]
    [InlineData(StructuredAnswers.Never, 400)]
    [InlineData(StructuredAnswers.Auto, 401)]
    [InlineData(StructuredAnswers.Auto, 404)]
    [InlineData(StructuredAnswers.Auto, 429)]
    [InlineData(StructuredAnswers.Auto, 500)]
    public async Task OtherFailures_AreNotTriedAgain(StructuredAnswers structured, int status)
    {
        using var server = new RouterServer(_ => RouterServer.Refusing(status));

        RoutingDecision decision = await Route(server.Client(), new() { Structured = structured });

        Assert.Equal((RoutingOutcome.EngineFailed, "rest"), (decision.Outcome, decision.Target.ServiceId));
        Assert.Equal(status, Assert.IsType<System.ClientModel.ClientResultException>(decision.Error).Status);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("I would say code.")]
    [InlineData("""{"route": "nope"}""")]
    [InlineData("")]
    [InlineData("""{"route": "other"}""")]
    public async Task AnswerThatNamesNoPolicy_IsOther(string answer)
    {
        using var server = new RouterServer(_ => RouterServer.Saying(answer));

        RoutingDecision decision = await Route(server.Client());

        Assert.Equal((RoutingOutcome.NoMatch, 0.9), (decision.Outcome, decision.Probability));
    }

    [Fact]
    public async Task BodyThatIsNoCompletion_IsEngineFailed()
    {
        using var server = new RouterServer(_ => (200, "<html>proxy</html>"));

        Assert.Equal(RoutingOutcome.EngineFailed, (await Route(server.Client())).Outcome);
    }

    [Fact]
    public async Task LogProbabilities_AreAskedForAndRead()
    {
        using var server = new RouterServer(_ => RouterServer.Saying(Code,
        [
            RouterServer.LogProbability("{\"route\": \"", 0.99),
            RouterServer.LogProbability("code", 0.8, ("code", 0.8), ("chat", 0.15), ("other", 0.04)),
            RouterServer.LogProbability("\"}", 1),
        ]));

        RoutingDecision decision = await Route(server.Client(), new()
        {
            ConfigureRequest = request => request.RawRepresentationFactory = _ => new ChatCompletionOptions { IncludeLogProbabilities = true, TopLogProbabilityCount = 5 },
            LogProbabilities = OpenAILogProbabilities,
        });

        Assert.Equal(0.8, decision.Probability!.Value, 5);
        Assert.Equal([("code", 0.8), ("chat", 0.155), ("other", 0.045)], decision.Alternatives.Select(a => (a.Name, Math.Round(a.Probability, 5))));
        JsonNode request = Assert.Single(server.Requests);
        Assert.True(request["logprobs"]!.GetValue<bool>());
        Assert.Equal(5, request["top_logprobs"]!.GetValue<int>());
        Assert.NotNull(request["response_format"]);
        Assert.Equal(0, request["temperature"]!.GetValue<double>());
    }

    [Fact]
    public async Task LogProbabilitiesThatAreNotThere_LeaveTheAssumedProbability()
    {
        using var server = new RouterServer(_ => RouterServer.Saying(Code));

        Assert.Equal(0.9, (await Route(server.Client(), new() { LogProbabilities = OpenAILogProbabilities })).Probability);
    }

    [Fact]
    public async Task SilentServer_IsTimedOutAtTheDeadline()
    {
        using var server = OpenAIServer.Silent();
        using var engine = new RemoteRouterEngine(server.Client());
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        Task<RoutingDecision> routing = Given.Router(engine, time: time).RouteAsync(Given.Request("code")).AsTask();
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(RoutingOutcome.TimedOut, (await routing).Outcome);
    }

    [Fact]
    public async Task ServerThatIsDown_IsEngineFailed()
    {
        using var closed = new ClosedPort();
        IChatClient client = OpenAIServer.ClientOf(closed.Endpoint);

        Assert.Equal(RoutingOutcome.EngineFailed, (await Route(client)).Outcome);
    }

    private static List<TokenLogProbability>? OpenAILogProbabilities(ChatResponse response) =>
        (response.RawRepresentation as ChatCompletion)?.ContentTokenLogProbabilities
            .Select(t => new TokenLogProbability(
                t.Token, t.LogProbability, [.. t.TopLogProbabilities.Select(o => new TokenLogProbability(o.Token, o.LogProbability))]))
            .ToList();
}
