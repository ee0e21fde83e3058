namespace CodingAgents;

/// <summary>A tool will not do what the model asks; the message is for the model.</summary>
internal sealed class ToolRefusedException(string message) : Exception(message);
