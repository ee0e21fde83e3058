namespace CodingAgents;

/// <summary>One use of a tool.</summary>
internal sealed record ToolCall(string Tool, string Detail, bool Failed, TimeSpan Elapsed);
