using System.ClientModel;
using Microsoft.SemanticKernel;

namespace CodingAgents;

/// <summary>One run of the team over a fresh repository, whichever framework and targets it uses.</summary>
internal sealed class CodingRun(RunSettings settings, SampleConfiguration configuration, IStepObserver observer)
{
    /// <exception cref="OperationCanceledException">Cancelled before the first step.</exception>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        await using RecordedServer? server = settings.IsRecorded
            ? await RecordedServer.StartAsync(RecordingLibrary.Load(settings.Recordings), cancellationToken)
            : null;
        await using TemporaryRepository repository = await TemporaryRepository.CreateAsync(settings.Keep, cancellationToken);
        observer.Prepared(repository.Root, repository.HasGit);
        ToolJournal journal = new(configuration.MaxToolCallsPerStep);
        await using ICodingWorkflow workflow = Workflow(Targets(server?.Endpoint), new AgentTools(new RepositoryTools(repository), journal));
        await workflow.WarmUpAsync(cancellationToken);
        StepLog log = new(settings.MaxSteps ?? configuration.MaxSteps, journal, observer);
        (RunEnd end, Exception? error) = await RunAsync(workflow, log, cancellationToken);
        return await FinishAsync(repository, log, end, error, cancellationToken);
    }

    private static async Task<(RunEnd End, Exception? Error)> RunAsync(ICodingWorkflow workflow, StepLog log, CancellationToken cancellationToken)
    {
        try
        {
            await workflow.RunAsync(log, cancellationToken);
            return (log.IsUsedUp ? RunEnd.OutOfSteps : RunEnd.Done, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (RunEnd.Cancelled, null);
        }
        // What the two frameworks' connectors throw when a target fails; anything else is a mistake of the sample.
        catch (Exception error) when (error is HttpOperationException or ClientResultException or HttpRequestException)
        {
            return (RunEnd.Failed, error);
        }
    }

    private static async Task<RunResult> FinishAsync(
        TemporaryRepository repository, StepLog log, RunEnd end, Exception? error, CancellationToken cancellationToken)
    {
        RunResult result = new() { End = end, Steps = log.Steps, History = log.History, Error = error };
        if (end == RunEnd.Cancelled)
        {
            return result;
        }

        try
        {
            // Not taken from what the agents say.
            CommandResult build = await repository.BuildAsync(cancellationToken);
            CommandResult? tests = build.Succeeded ? await repository.TestAsync(cancellationToken) : null;
            bool works = tests is { Succeeded: true };
            return result with
            {
                End = end == RunEnd.Done && !works ? RunEnd.Failed : end,
                Build = build,
                Tests = tests,
                Diff = await repository.DiffAsync(cancellationToken),
            };
        }
        catch (OperationCanceledException)
        {
            return result with { End = RunEnd.Cancelled };
        }
    }

    private ICodingWorkflow Workflow(Targets targets, AgentTools tools) => (settings.Framework, settings.Workflow) switch
    {
        (Framework.Sk, _) => new KernelWorkflow(targets, tools),
        (_, WorkflowKind.Handoff) => new HandoffAgentWorkflow(targets, tools),
        _ => new SequentialAgentWorkflow(targets, tools),
    };

    private Targets Targets(Uri? recorded) => new(
        [.. configuration.Targets.Select(t => t with { Model = ModelOf(t) })], recorded ?? settings.BaseUrl, settings.ApiKey ?? "none");

    private string ModelOf(Target target) => target.ServiceId switch
    {
        CodingPolicies.Fast => settings.FastModel,
        CodingPolicies.Strong => settings.StrongModel,
        _ => null,
    }
    ?? target.Model;
}
