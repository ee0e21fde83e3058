using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.SemanticKernel;
using WireMock.Logging;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace ArchRouter.SK.Tests;

/// <summary>An OpenAI-compatible server on loopback; each model has its own path, so that requests tell which target was asked.</summary>
internal sealed class FakeOpenAI : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly HttpClient _http = new();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Url => _server.Url!;

    /// <summary>The request bodies that a model received, oldest first.</summary>
    public IReadOnlyList<JsonNode> RequestsTo(string model) =>
        [.. _server.LogEntries.Where(e => e.RequestMessage!.Path.StartsWith($"/{model}/", StringComparison.Ordinal)).Select(Body)];

    public void Register(IKernelBuilder builder, string serviceId) =>
        // With a client of our own, the connector does not retry by itself.
        builder.AddOpenAIChatCompletion($"model-{serviceId}", new Uri($"{_server.Url}/{serviceId}/v1"), "key", serviceId: serviceId, httpClient: _http);

    public void RegisterClient(IKernelBuilder builder, string serviceId) =>
        builder.AddOpenAIChatClient($"model-{serviceId}", new Uri($"{_server.Url}/{serviceId}/v1"), "key", serviceId: serviceId, httpClient: _http);

    /// <summary>Has a model answer every request, streamed or not, with its name.</summary>
    public void Answers(string model)
    {
        AnswersWith(model, model);
        _server.Given(Chat(model).WithBody(IsStreaming)).RespondWith(Sse(Chunk(model, new JsonObject { ["role"] = "assistant", ["content"] = model[..1] }), Chunk(model, new JsonObject { ["content"] = model[1..] })));
    }

    /// <summary>Has a model answer every request that is not streamed with this text.</summary>
    public void AnswersWith(string model, string text) =>
        _server.Given(Chat(model).WithBody(b => !IsStreaming(b))).RespondWith(Json(Completion(model, new JsonObject { ["role"] = "assistant", ["content"] = text })));

    /// <summary>Has a model call a tool first and answer with its name once it has the result.</summary>
    public void CallsToolThenAnswers(string model, string tool)
    {
        JsonArray calls() => [new JsonObject { ["index"] = 0, ["id"] = "call-1", ["type"] = "function", ["function"] = new JsonObject { ["name"] = tool, ["arguments"] = "{}" } }];
        Answers(model);
        _server.Given(Chat(model).WithBody(b => !IsStreaming(b) && !HasToolResult(b))).AtPriority(-1)
            .RespondWith(Json(Completion(model, new JsonObject { ["role"] = "assistant", ["content"] = null, ["tool_calls"] = calls() }, "tool_calls")));
        _server.Given(Chat(model).WithBody(b => IsStreaming(b) && !HasToolResult(b))).AtPriority(-1)
            .RespondWith(Sse(Chunk(model, new JsonObject { ["role"] = "assistant", ["tool_calls"] = calls() }), Chunk(model, [], "tool_calls")));
    }

    /// <summary>Has a model call a tool and be out of order once it has the result.</summary>
    public void CallsToolThenFails(string model, string tool)
    {
        CallsToolThenAnswers(model, tool);
        _server.Given(Chat(model).WithBody(HasToolResult)).AtPriority(-2).RespondWith(Response.Create().WithStatusCode(503).WithBody("{}"));
    }

    public void Fails(string model, int status) =>
        _server.Given(Chat(model)).AtPriority(-2).RespondWith(Response.Create().WithStatusCode(status).WithBody("""{"error":{"message":"told so","type":"test"}}"""));

    /// <summary>Has a model give no answer, and says when it was asked for one.</summary>
    public Task FallsSilent(string model)
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Given(Chat(model)).AtPriority(-2).RespondWith(Response.Create().WithCallback(async _ =>
        {
            asked.TrySetResult();
            await _end.Task;
            return new WireMock.ResponseMessage { StatusCode = 500 };
        }));
        return asked.Task;
    }

    public void Dispose()
    {
        _end.SetResult();
        _server.Dispose();
        _http.Dispose();
    }

    private static IRequestBuilder Chat(string model) => Request.Create().WithPath($"/{model}/v1/chat/completions").UsingPost();

    private static JsonNode Body(ILogEntry entry) => JsonNode.Parse(entry.RequestMessage!.Body!)!;

    private static bool IsStreaming(string? body) => JsonNode.Parse(body!)!["stream"]?.GetValue<bool>() == true;

    private static bool HasToolResult(string? body) => JsonNode.Parse(body!)!["messages"]!.AsArray().Any(m => m!["role"]!.GetValue<string>() == "tool");

    private static IResponseBuilder Json(JsonNode body) =>
        Response.Create().WithStatusCode(200).WithHeader("Content-Type", "application/json").WithBody(body.ToJsonString());

    private static IResponseBuilder Sse(params JsonNode[] chunks) =>
        Response.Create().WithStatusCode(200).WithHeader("Content-Type", "text/event-stream")
            .WithBody(string.Concat(chunks.Select(c => $"data: {c.ToJsonString()}\n\n")) + "data: [DONE]\n\n");

    private static JsonObject Completion(string model, JsonObject message, string finish = "stop") => new()
    {
        ["id"] = "1",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = model,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = finish }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["completion_tokens"] = 1, ["total_tokens"] = 2 },
    };

    private static JsonObject Chunk(string model, JsonObject delta, string? finish = null) => new()
    {
        ["id"] = "1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1,
        ["model"] = model,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    };
}
