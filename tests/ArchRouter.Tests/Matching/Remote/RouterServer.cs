using System.Text.Json.Nodes;
using ArchRouter.Tests.Resilience;
using Microsoft.Extensions.AI;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace ArchRouter.Tests.Matching.Remote;

/// <summary>A loopback server that speaks OpenAI's chat protocol and answers by a function of the request body.</summary>
internal sealed class RouterServer : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();

    public RouterServer(Func<JsonNode, (int Status, string Body)> answer) =>
        _server.Given(Request.Create().UsingPost()).RespondWith(Response.Create().WithCallback(request =>
        {
            (int status, string body) = answer(JsonNode.Parse(request.Body!)!);
            return new ResponseMessage
            {
                StatusCode = status,
                Headers = new Dictionary<string, WireMock.Types.WireMockList<string>> { ["Content-Type"] = new("application/json") },
                BodyData = new WireMock.Util.BodyData { DetectedBodyType = WireMock.Types.BodyType.String, BodyAsString = body },
            };
        }));

    /// <summary>The bodies received, oldest first.</summary>
    public IReadOnlyList<JsonNode> Requests => [.. _server.LogEntries.Select(e => JsonNode.Parse(e.RequestMessage!.Body!)!)];

    public IChatClient Client() => OpenAIServer.ClientOf(new Uri(_server.Url! + "/v1"));

    public static (int Status, string Body) Saying(string content, JsonArray? logProbabilities = null)
    {
        var choice = new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content },
            ["finish_reason"] = "stop",
        };
        if (logProbabilities is not null)
        {
            choice["logprobs"] = new JsonObject { ["content"] = logProbabilities, ["refusal"] = null };
        }

        var completion = new JsonObject { ["id"] = "c", ["object"] = "chat.completion", ["created"] = 1, ["model"] = "m", ["choices"] = new JsonArray(choice) };
        return (200, completion.ToJsonString());
    }

    public static (int Status, string Body) Refusing(int status) => (status, """{"error":{"message":"no","type":"test","code":"test"}}""");

    public static JsonObject LogProbability(string token, double probability, params (string Token, double Probability)[] top) => new()
    {
        ["token"] = token,
        ["logprob"] = Math.Log(probability),
        ["bytes"] = null,
        ["top_logprobs"] = new JsonArray([.. top.Select(t => new JsonObject { ["token"] = t.Token, ["logprob"] = Math.Log(t.Probability), ["bytes"] = null })]),
    };

    public void Dispose()
    {
        _server.Stop();
        _server.Dispose();
    }
}
