using System.Text.Json.Nodes;

namespace CodingAgents;

/// <summary>Writes answers in OpenAI's chat completions format.</summary>
internal static class Completions
{
    // There is no tokenizer here; four characters a token is the usual rule of thumb for English and code.
    private const int CharactersPerToken = 4;
    private const int PieceLength = 60;

    public static JsonObject Whole(RecordedRequest request, RecordedAnswer answer) => new()
    {
        ["id"] = "chatcmpl-" + Guid.NewGuid().ToString("N"),
        ["object"] = "chat.completion",
        ["created"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        ["model"] = request.Model,
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = Message(answer, Calls(answer)),
            ["finish_reason"] = answer.FinishReason,
        }),
        ["usage"] = Usage(request, answer),
    };

    public static IEnumerable<JsonObject> Streamed(RecordedRequest request, RecordedAnswer answer)
    {
        string id = "chatcmpl-" + Guid.NewGuid().ToString("N");
        yield return Chunk(id, request, new JsonObject { ["role"] = "assistant", ["content"] = "" }, null);
        foreach (char[] piece in answer.Text.Chunk(PieceLength))
        {
            yield return Chunk(id, request, new JsonObject { ["content"] = new string(piece) }, null);
        }

        if (answer.Calls.Count > 0)
        {
            yield return Chunk(id, request, new JsonObject { ["tool_calls"] = Calls(answer) }, null);
        }

        yield return Chunk(id, request, [], answer.FinishReason);
        if (request.WantsUsage)
        {
            JsonObject last = Chunk(id, request, [], null);
            last["choices"] = new JsonArray();
            last["usage"] = Usage(request, answer);
            yield return last;
        }
    }

    public static JsonObject Error(string message, string code) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["param"] = null, ["code"] = code },
    };

    private static JsonObject Message(RecordedAnswer answer, JsonArray calls)
    {
        JsonObject message = new() { ["role"] = "assistant", ["content"] = answer.Text.Length > 0 ? answer.Text : null };
        if (calls.Count > 0)
        {
            message["tool_calls"] = calls;
        }

        return message;
    }

    private static JsonArray Calls(RecordedAnswer answer) =>
    [
        .. answer.Calls.Select((call, index) => new JsonObject
        {
            ["index"] = index,
            ["id"] = "call_" + Guid.NewGuid().ToString("N"),
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
        }),
    ];

    private static JsonObject Chunk(string id, RecordedRequest request, JsonObject delta, string? finishReason) => new()
    {
        ["id"] = id,
        ["object"] = "chat.completion.chunk",
        ["created"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        ["model"] = request.Model,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finishReason }),
    };

    private static JsonObject Usage(RecordedRequest request, RecordedAnswer answer)
    {
        int input = Tokens(request.Length);
        int output = Tokens(answer.Length);
        return new() { ["prompt_tokens"] = input, ["completion_tokens"] = output, ["total_tokens"] = input + output };
    }

    private static int Tokens(int characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;
}
