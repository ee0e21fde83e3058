namespace CodingAgents;

/// <summary>An answer to give.</summary>
internal sealed record RecordedAnswer(string Text, IReadOnlyList<RecordedToolCall> Calls)
{
    public string FinishReason => Calls.Count > 0 ? "tool_calls" : "stop";

    /// <summary>How much is said, in characters.</summary>
    public int Length => Text.Length + Calls.Sum(c => c.Name.Length + c.Arguments.Length);
}

/// <summary>A tool call to give, by the name that the request offers the tool under.</summary>
internal sealed record RecordedToolCall(string Name, string Arguments);
