namespace CodingAgents;

/// <summary>Which framework runs the agents.</summary>
internal enum Framework
{
    /// <summary>Semantic Kernel.</summary>
    Sk,

    /// <summary>Microsoft Agent Framework.</summary>
    Maf,
}
