namespace ArchRouter;

/// <summary>The engine's scores, or how it failed.</summary>
internal readonly record struct MatchResult(PolicyScores? Scores, RoutingOutcome Failure = default, Exception? Error = null);
