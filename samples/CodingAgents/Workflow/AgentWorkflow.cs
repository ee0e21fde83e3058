using System.Runtime.ExceptionServices;
using ArchRouter;
using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CodingAgents;

/// <summary>The workflow on Agent Framework: chat client agents over the routed client.</summary>
internal abstract class AgentWorkflow : ICodingWorkflow
{
    private readonly ServiceProvider _services;
    private readonly AgentTools _tools;

    protected AgentWorkflow(IConfigurationSection routing, AgentTools tools)
    {
        _tools = tools;
        ServiceCollection services = new();
        services.AddChatClients(routing);
        services.AddArchRouter().AddConfiguration(routing).UseEncoder();
        services.AddRoutedChatClient();
        _services = services.BuildServiceProvider();
    }

    public PreferenceRouter Router => _services.GetRequiredService<PreferenceRouter>();

    public abstract Task RunAsync(StepLog log, CancellationToken cancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    protected AIAgent Agent(AgentRole role, StepLog log) =>
        StepAgent.Create(role, _services.GetRequiredService<IChatClient>(), _tools.For(role), log);

    /// <summary>Runs a workflow of agents over a conversation; gives the conversation as it is then.</summary>
    protected static async Task<List<ChatMessage>> RunAsync(
        Workflow workflow, List<ChatMessage> messages, CancellationToken cancellationToken)
    {
        List<ChatMessage> output = messages;
        await using StreamingRun run = await InProcessExecution.RunStreamingAsync(workflow, messages, cancellationToken: cancellationToken);
        await run.TrySendMessageAsync(new TurnToken(emitEvents: false));
        await foreach (WorkflowEvent happened in run.WatchStreamAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (happened)
            {
                case WorkflowOutputEvent { Data: List<ChatMessage> conversation }:
                    output = conversation;
                    break;
                case WorkflowErrorEvent { Exception: { } error }:
                    ExceptionDispatchInfo.Throw(error);
                    break;
                case ExecutorFailedEvent { Data: { } error }:
                    ExceptionDispatchInfo.Throw(error);
                    break;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return output;
    }
}
