namespace CodingAgents;

/// <summary>Who decides which agent goes on.</summary>
internal enum WorkflowKind
{
    /// <summary>Code: the agents work in a row.</summary>
    Sequential,

    /// <summary>The agents' models: they hand the work on. Agent Framework only.</summary>
    Handoff,
}
