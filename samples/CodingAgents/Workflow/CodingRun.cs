using System.ClientModel;
using ArchRouter;
using Microsoft.Extensions.Configuration;
using Microsoft.SemanticKernel;

namespace CodingAgents;

/// <summary>One run of the team over a fresh repository, whichever framework and targets it uses.</summary>
internal sealed class CodingRun(RunSettings settings, IStepObserver observer)
{
    /// <exception cref="OperationCanceledException">Cancelled before the first step.</exception>
    /// <exception cref="RouteTableException">The configuration of routes or targets is wrong, for example a key is missing.</exception>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        SampleConfiguration configuration = SampleConfiguration.Read(settings);
        await using RecordedServer? server = configuration.NeedsRecordings
            ? await RecordedServer.StartAsync(RecordingLibrary.Load(settings.Recordings), cancellationToken: cancellationToken)
            : null;
        if (server is not null)
        {
            configuration = configuration.On(server.Endpoint);
        }

        await using TemporaryRepository repository = await TemporaryRepository.CreateAsync(settings.Keep, cancellationToken);
        observer.Prepared(repository.Root, repository.HasGit, server is not null);
        ToolJournal journal = new(configuration.MaxToolCallsPerStep);
        await using AgentTools tools = new(new RepositoryTools(repository), journal);
        await using ICodingWorkflow workflow = Workflow(configuration.Routing, tools);
        await workflow.Router.WarmUpAsync(cancellationToken);
        StepLog log = new(settings.MaxSteps ?? configuration.MaxSteps, journal, observer, cancellationToken: cancellationToken);
        (RunEnd end, Exception? error) = await RunAsync(workflow, log, cancellationToken);
        await tools.DisposeAsync();
        RunResult result = new()
        {
            End = end,
            IsRecorded = server is not null,
            Steps = [.. log.Steps],
            History = [.. log.History],
            Cost = CostSummary.Of(log.Steps, workflow.Router.Tables.Default.Targets, configuration),
            Error = error,
        };
        return end == RunEnd.Cancelled ? result : await CheckAsync(result, repository, cancellationToken);
    }

    private static async Task<(RunEnd End, Exception? Error)> RunAsync(ICodingWorkflow workflow, StepLog log, CancellationToken cancellationToken)
    {
        try
        {
            await workflow.RunAsync(log, cancellationToken);
            return (log.IsUsedUp ? RunEnd.OutOfSteps : RunEnd.Done, null);
        }
        // A framework that is stopped in the middle reports it in its own way.
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return (RunEnd.Cancelled, null);
        }
        // What the two frameworks' connectors throw when a target fails: it refuses (AggregateException: after retries), breaks off in the middle
        // of an answer (IOException) or takes too long (OperationCanceledException). Anything else is a mistake of the sample.
        catch (Exception error) when (error is HttpOperationException or ClientResultException or HttpRequestException or AggregateException
            or IOException or OperationCanceledException)
        {
            return (RunEnd.Failed, error);
        }
    }

    private static async Task<RunResult> CheckAsync(RunResult result, TemporaryRepository repository, CancellationToken cancellationToken)
    {
        try
        {
            result = result with { Diff = await repository.DiffAsync(cancellationToken) };
            if (result.End != RunEnd.Done)
            {
                return result;
            }

            if (Unfinished.Of(result.Steps, result.Diff) is { } missing)
            {
                return result with { End = RunEnd.Failed, Missing = missing };
            }

            // Not taken from what the agents say.
            CommandResult build = await repository.BuildAsync(cancellationToken);
            CommandResult? tests = build.Succeeded ? await repository.TestAsync(cancellationToken) : null;
            return result with { End = tests is { Succeeded: true } ? RunEnd.Done : RunEnd.Failed, Build = build, Tests = tests };
        }
        catch (OperationCanceledException)
        {
            return result with { End = RunEnd.Cancelled };
        }
    }

    private ICodingWorkflow Workflow(IConfigurationSection routing, AgentTools tools) => (settings.Framework, settings.Workflow) switch
    {
        (Framework.Sk, _) => new KernelWorkflow(routing, tools),
        (_, WorkflowKind.Handoff) => new HandoffAgentWorkflow(routing, tools),
        _ => new SequentialAgentWorkflow(routing, tools),
    };
}
