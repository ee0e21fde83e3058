using System.Text.Json;
using System.Text.RegularExpressions;

namespace CodingAgents;

/// <summary>What a recording is matched by, read from a chat completions request. The model's name is none of it: routing chooses freely.</summary>
internal sealed partial record RecordedRequest(
    string Model, bool IsStreaming, bool WantsUsage, string? Agent, string Request, int Round, IReadOnlyList<string> ToolResults, IReadOnlyList<OfferedTool> Tools, int Length)
{
    /// <exception cref="JsonException">The body is not a chat completions request.</exception>
    public static RecordedRequest Parse(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("messages", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("The body has no list 'messages'.");
        }

        List<(string Role, string Text)> messages = [.. list.EnumerateArray().Select(m => (Text(m, "role"), Content(m)))];
        int request = messages.FindLastIndex(m => m.Role == "user");
        int round = messages.FindLastIndex(m => m.Role == "assistant");
        return new RecordedRequest(
            Text(root, "model"),
            root.TryGetProperty("stream", out JsonElement stream) && stream.ValueKind == JsonValueKind.True,
            root.TryGetProperty("stream_options", out JsonElement options) && options.TryGetProperty("include_usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.True,
            messages.Where(m => m.Role is "system" or "developer").Select(m => AgentName().Match(m.Text)).FirstOrDefault(m => m.Success)?.Groups[1].Value,
            request < 0 ? "" : messages[request].Text,
            messages.Skip(request + 1).Count(m => m.Role == "assistant"),
            [.. messages.Skip(Math.Max(request, round) + 1).Where(m => m.Role == "tool").Select(m => m.Text)],
            root.TryGetProperty("tools", out JsonElement tools) ? [.. tools.EnumerateArray().Select(OfferedTool.Parse)] : [],
            messages.Sum(m => m.Text.Length));
    }

    private static string Content(JsonElement message) => !message.TryGetProperty("content", out JsonElement content) ? ""
        : content.ValueKind == JsonValueKind.Array ? string.Concat(content.EnumerateArray().Select(part => Text(part, "text")))
        : content.ValueKind == JsonValueKind.String ? content.GetString()! : "";

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex("You are the (\\w+)")]
    private static partial Regex AgentName();
}
