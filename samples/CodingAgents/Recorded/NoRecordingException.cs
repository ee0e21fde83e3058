namespace CodingAgents;

/// <summary>There is no recorded answer to a request.</summary>
internal sealed class NoRecordingException(string message) : Exception(message);
