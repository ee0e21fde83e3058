namespace CodingAgents.Tests;

/// <summary>Notes where a run works, and does something when a step or a tool call ends.</summary>
internal sealed class Observer : IStepObserver
{
    public Action<BegunStep> OnBegun { get; init; } = _ => { };

    public Action<Step> OnEnded { get; init; } = _ => { };

    public Action<ToolCall> OnCalled { get; init; } = _ => { };

    public string Root { get; private set; } = "";

    public bool IsRecorded { get; private set; }

    public List<string> Begun { get; } = [];

    void IStepObserver.Prepared(string root, bool hasGit, bool isRecorded) => (Root, IsRecorded) = (root, isRecorded);

    void IStepObserver.Begun(BegunStep step)
    {
        Begun.Add(step.Agent);
        OnBegun(step);
    }

    void IStepObserver.Called(ToolCall call) => OnCalled(call);

    void IStepObserver.Ended(Step step) => OnEnded(step);
}
