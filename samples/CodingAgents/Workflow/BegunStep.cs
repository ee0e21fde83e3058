namespace CodingAgents;

/// <summary>A step that has begun.</summary>
internal sealed record BegunStep(int Number, string Agent, string Request, long StartedAt);
