using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>What requests about the same policies have in common.</summary>
internal sealed class RemoteTable
{
    /// <summary>Room for the answer around the name: braces, quotes, key, a code fence.</summary>
    private const int TokensAroundName = 32;

    // After the object nothing of use can come; a chatty model is cut off there.
    private const string EndOfAnswer = "}";

    public RemoteTable(PolicySet policies)
    {
        Prefix = RouterPrompt.Prefix(policies);
        Schema = ChatResponseFormat.ForJsonSchema(SchemaOf(policies), "route", "The route that fits the latest request best.");

        // A byte-level tokenizer never makes more tokens than bytes, so no name is cut, not even an escaped one.
        MaxOutputTokens = TokensAroundName + policies.Select(p => JsonEncodedText.Encode(p.Name).EncodedUtf8Bytes.Length).DefaultIfEmpty().Max();
        StopSequence = policies.Any(p => p.Name.Contains(EndOfAnswer, StringComparison.Ordinal)) ? null : EndOfAnswer;
    }

    public string Prefix { get; }

    public ChatResponseFormat Schema { get; }

    public int MaxOutputTokens { get; }

    /// <summary>Where an unconstrained answer may be cut; null if a name holds it.</summary>
    public string? StopSequence { get; }

    private static JsonElement SchemaOf(PolicySet policies)
    {
        JsonArray names = [.. policies.Select(p => p.Name).Append(RoutePolicy.Other).Select(n => JsonValue.Create(n))];
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["route"] = new JsonObject { ["type"] = "string", ["enum"] = names } },
            ["required"] = new JsonArray("route"),
            ["additionalProperties"] = false,
        };
        return JsonSerializer.SerializeToElement(schema, RemoteJson.Default.JsonObject);
    }
}
