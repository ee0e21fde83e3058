namespace CodingAgents;

/// <summary>How a run ended; the number is the exit code.</summary>
internal enum RunEnd
{
    /// <summary>The work is done; it builds and its tests pass.</summary>
    Done = 0,

    /// <summary>A target or a tool failed, or what was written does not build or pass its tests.</summary>
    Failed = 1,

    /// <summary>The agents wanted more steps than they may take.</summary>
    OutOfSteps = 2,

    /// <summary>The user stopped it.</summary>
    Cancelled = 130,
}
