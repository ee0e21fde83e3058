namespace CodingAgents;

/// <summary>How a run ended; the number is the exit code.</summary>
internal enum RunEnd
{
    /// <summary>The work is done: there is a change, the reviewer approved it, it builds and its tests pass.</summary>
    Done = 0,

    /// <summary>A target failed, or there is no change, or it was not approved, or it does not build or pass its tests.</summary>
    Failed = 1,

    /// <summary>The agents wanted more steps than they may take.</summary>
    OutOfSteps = 2,

    /// <summary>The user stopped it.</summary>
    Cancelled = 130,
}
