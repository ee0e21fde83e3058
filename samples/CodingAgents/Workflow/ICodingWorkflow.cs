using ArchRouter;

namespace CodingAgents;

/// <summary>Has the team do its task, to the end or until the steps are used up.</summary>
internal interface ICodingWorkflow : IAsyncDisposable
{
    /// <summary>What decides who answers each step.</summary>
    PreferenceRouter Router { get; }

    Task RunAsync(StepLog log, CancellationToken cancellationToken);
}
