using System.Text.Json;

namespace CodingAgents;

/// <summary>The recordings of a folder.</summary>
internal sealed class RecordingLibrary(string folder, IReadOnlyList<Recording> recordings)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="JsonException">A file in it is not a recording.</exception>
    public static RecordingLibrary Load(string folder) => new(
        folder, [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => JsonSerializer.Deserialize<Recording>(File.ReadAllText(file), Json)!)]);

    /// <exception cref="NoRecordingException">No recording fits the request.</exception>
    public RecordedAnswer Find(RecordedRequest request)
    {
        RecordedTurn turn = recordings.Where(r => r.Agent == request.Agent).SelectMany(r => r.Turns)
            .FirstOrDefault(t => request.Request.Contains(t.Request, StringComparison.Ordinal))
            ?? throw new NoRecordingException($"No recording fits this request of {Named(request)}: \"{Start(request.Request)}\".");
        RecordedRound round = turn.Rounds.ElementAtOrDefault(request.Round)
            ?? throw new NoRecordingException($"The recording of {Named(request)} has {turn.Rounds.Count} rounds; this is round {request.Round + 1}.");
        string? missing = round.After?.FirstOrDefault(text => !request.ToolResults.Any(result => result.Contains(text, StringComparison.Ordinal)));
        return missing is null
            ? new RecordedAnswer(string.Join('\n', round.Answer ?? []), [.. (round.Calls ?? []).Select(call => Call(call, request)), .. Handoff(round, request)])
            : throw new NoRecordingException(
                $"The recording of {Named(request)} goes on only when a tool result contains \"{missing}\". They are: \"{Start(string.Join(" | ", request.ToolResults))}\".");
    }

    private RecordedToolCall Call(RecordedCall call, RecordedRequest request)
    {
        OfferedTool tool = request.Tools.FirstOrDefault(t => t.Is(call.Tool))
            ?? throw new NoRecordingException($"The recording of {Named(request)} uses the tool '{call.Tool}', which the request does not offer.");
        Dictionary<string, string> arguments = [];
        if (call.Path is not null)
        {
            arguments["path"] = call.Path;
        }

        if (call.ContentFile is not null)
        {
            arguments["content"] = File.ReadAllText(Path.Combine(folder, call.ContentFile));
        }

        return new RecordedToolCall(tool.Name, JsonSerializer.Serialize(arguments));
    }

    private static IEnumerable<RecordedToolCall> Handoff(RecordedRound round, RecordedRequest request)
    {
        if (round.HandOffTo is null || !request.Tools.Any(t => t.IsHandoff))
        {
            yield break;
        }

        OfferedTool tool = request.Tools.FirstOrDefault(t => t.HandsOffTo(round.HandOffTo))
            ?? throw new NoRecordingException($"The recording of {Named(request)} hands off to '{round.HandOffTo}', which the request does not offer. It offers: {string.Join(", ", request.Tools.Where(t => t.IsHandoff).Select(t => t.Description))}.");
        yield return new RecordedToolCall(tool.Name, "{}");
    }

    private static string Named(RecordedRequest request) => request.Agent is null ? "an agent that its instructions do not name" : $"the {request.Agent}";

    private static string Start(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
