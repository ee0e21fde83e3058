namespace ArchRouter;

/// <summary>What kind of step a request is, as far as it can be told for certain.</summary>
/// <remarks>A handoff is the step of the agent that takes over: an <see cref="Agent"/> step under its own name.</remarks>
public enum StepKind
{
    /// <summary>A call of no known agent: a prompt, a kernel function or a plain chat request.</summary>
    Call,

    /// <summary>An agent's step: its name is known, and it does not go on after its own tools.</summary>
    Agent,

    /// <summary>
    /// An iteration of a tool loop, whoever runs it: the conversation ends in a tool's message, and the model is to go on with its answer.
    /// Where that message's call is signed by another agent than the one that calls, as after a handoff, it is no iteration of its loop.
    /// </summary>
    ToolIteration,
}
