using System.Text.Json.Serialization;

namespace ArchRouter;

/// <summary>How a cascade came to its answer.</summary>
public sealed record CascadeStep
{
    /// <summary>Which engine spoke, and why.</summary>
    public required CascadeOutcome Outcome { get; init; }

    /// <summary>How far the first engine's best answer was ahead of its next; null if it failed.</summary>
    public double? FirstMargin { get; init; }

    /// <summary>How the engine that does not count failed, or why it refused; null otherwise. Not written to JSON.</summary>
    [JsonIgnore]
    public Exception? Error { get; init; }

    /// <summary>Whether an engine broke, as opposed to being late or busy, which a loaded machine may well be.</summary>
    internal bool IsBroken => Outcome is CascadeOutcome.SecondFailed or CascadeOutcome.FirstFailed;
}
