namespace CodingAgents;

/// <summary>Has the team do its task, to the end or until the steps are used up.</summary>
internal interface ICodingWorkflow : IAsyncDisposable
{
    /// <summary>Makes the router ready, so that the first step does not pay for it.</summary>
    Task WarmUpAsync(CancellationToken cancellationToken);

    Task RunAsync(StepLog log, CancellationToken cancellationToken);
}
