using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ArchRouter.TestDoubles;

/// <summary>A chat request as it arrived over HTTP.</summary>
public sealed partial class LoopbackRequest(JsonNode body)
{
    /// <summary>The whole body.</summary>
    public JsonNode Body => body;

    /// <summary>The model asked for: which target serves.</summary>
    public string Model => body["model"]!.GetValue<string>();

    /// <summary>Whether the answer is to be streamed.</summary>
    public bool IsStreaming => body["stream"]?.GetValue<bool>() == true;

    /// <summary>The messages.</summary>
    public JsonArray Messages => body["messages"]!.AsArray();

    /// <summary>The roles of the messages.</summary>
    public IEnumerable<string> Roles => Messages.Select(m => m!["role"]!.GetValue<string>());

    /// <summary>The name in the instructions <c>You are NAME.</c>; <c>nobody</c> without such.</summary>
    public string Agent => Messages
        .Where(m => m!["role"]!.GetValue<string>() is "system" or "developer")
        .Select(m => Name().Match(TextOf(m)))
        .FirstOrDefault(m => m.Success)?.Groups[1].Value ?? "nobody";

    /// <summary>Who asked and which model answers: <c>Coder@strong</c>.</summary>
    public string Step => $"{Agent}@{Model}";

    /// <summary>The names of the tools that came along.</summary>
    public IReadOnlyList<string> Tools => [.. (body["tools"]?.AsArray() ?? []).Select(t => t!["function"]!["name"]!.GetValue<string>())];

    /// <summary>Whether the latest message is a tool's result.</summary>
    public bool HasResult => Roles.Last() == "tool";

    /// <summary>The text of the latest message.</summary>
    public string Latest => TextOf(Messages[^1]);

    /// <summary>The text of a message, whether it is written as a string or in parts.</summary>
    public static string TextOf(JsonNode? message) => message?["content"] switch
    {
        JsonArray parts => string.Concat(parts.Select(p => p!["text"]?.GetValue<string>())),
        JsonValue text => text.GetValue<string>(),
        _ => "",
    };

    [GeneratedRegex(@"You are (\w+)\.")]
    private static partial Regex Name();
}
