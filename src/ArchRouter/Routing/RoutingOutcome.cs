namespace ArchRouter;

/// <summary>Why a decision is what it is.</summary>
public enum RoutingOutcome
{
    /// <summary>A policy fits.</summary>
    Matched,

    /// <summary>No single policy is clear, but their domain is; its targets serve.</summary>
    MatchedDomain,

    /// <summary>No policy fits (the router model says <c>other</c>); the fallback serves.</summary>
    NoMatch,

    /// <summary>The best policy is below the thresholds; the fallback serves.</summary>
    LowConfidence,

    /// <summary>The request itself names a service or model.</summary>
    Explicit,

    /// <summary>An earlier decision for the same user turn is kept, as in the iterations of a tool loop.</summary>
    Pinned,

    /// <summary>A deterministic rule holds.</summary>
    Rule,

    /// <summary>There is no message of a user's or an agent's to route by; the fallback serves.</summary>
    NoUserMessage,

    /// <summary>The engine or a rule failed, the table is unknown or the list of allowed policies cannot be read; the fallback serves. See <see cref="RoutingDecision.Error"/>.</summary>
    EngineFailed,

    /// <summary>The deadline passed; the fallback serves.</summary>
    TimedOut,

    /// <summary>Too many requests wait for the engine; the fallback serves.</summary>
    Overloaded,
}
