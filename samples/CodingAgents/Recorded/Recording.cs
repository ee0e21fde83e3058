namespace CodingAgents;

/// <summary>A file of recorded answers of one agent.</summary>
/// <param name="Note">What the recordings are, for readers.</param>
/// <param name="Agent">The agent that the answers are for, as its instructions name it.</param>
/// <param name="Turns">The answers by request.</param>
internal sealed record Recording(string Note, string Agent, IReadOnlyList<RecordedTurn> Turns);

/// <summary>The answers to one request: one for each round of its tool loop.</summary>
/// <param name="Request">A text that the latest request must contain.</param>
/// <param name="Rounds">The answers, first to last.</param>
internal sealed record RecordedTurn(string Request, IReadOnlyList<RecordedRound> Rounds);

/// <summary>One answer.</summary>
/// <param name="After">Texts that the latest tool results must contain, so that no recording goes on as if a tool had worked.</param>
/// <param name="Answer">What is said, line by line; none while tools are only called.</param>
/// <param name="Calls">The tools that are called.</param>
/// <param name="HandOffTo">The agent that the work is handed to, where the request offers handoffs.</param>
internal sealed record RecordedRound(
    IReadOnlyList<string>? After, IReadOnlyList<string>? Answer, IReadOnlyList<RecordedCall>? Calls, string? HandOffTo);

/// <summary>A tool call.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Path">Its argument <c>path</c>, if any.</param>
/// <param name="ContentFile">A file beside the recordings whose text is its argument <c>content</c>, if any.</param>
internal sealed record RecordedCall(string Tool, string? Path, string? ContentFile);
