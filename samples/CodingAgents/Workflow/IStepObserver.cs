namespace CodingAgents;

/// <summary>Is told of a run while it goes on.</summary>
internal interface IStepObserver
{
    void Prepared(string root, bool hasGit, bool isRecorded);

    void Begun(BegunStep step);

    void Called(ToolCall call);

    void Ended(Step step);
}
