using ArchRouter;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using ChatMessageContent = Microsoft.SemanticKernel.ChatMessageContent;

namespace CodingAgents;

/// <summary>The workflow on Semantic Kernel: agents that share one <see cref="ChatHistory"/>.</summary>
internal sealed class KernelWorkflow : ICodingWorkflow
{
    private readonly Kernel _kernel;
    private readonly Dictionary<AgentRole, IKernelAgent> _agents;
    private readonly ChatHistory _history = new(Team.Task, AuthorRole.User);

    public KernelWorkflow(IConfigurationSection routing, AgentTools tools, Func<AgentRole, Kernel, IEnumerable<AIFunction>, IKernelAgent>? create = null)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddArchRouterTargets(routing);
        builder.AddArchRouterSelector(configure: router => router.AddConfiguration(routing));
        _kernel = builder.Build();
        _agents = Team.All.ToDictionary(role => role, role => (create ?? KernelAgents.Create)(role, _kernel, tools.For(role)));
    }

    public PreferenceRouter Router => _kernel.GetRequiredService<PreferenceRouter>();

    public async Task RunAsync(StepLog log, CancellationToken cancellationToken)
    {
        await AskInTurnAsync(Team.Opening);
        string? verdict;
        do
        {
            verdict = await AskInTurnAsync(Team.Loop);
        }
        while (verdict is not null && !Verdict.IsApproved(verdict));
        await AskInTurnAsync(Team.Closing);

        async Task<string?> AskInTurnAsync(IReadOnlyList<AgentRole> roles)
        {
            string? answer = null;
            foreach (AgentRole role in roles)
            {
                answer = await AskAsync(role, log, cancellationToken);
            }

            return answer;
        }
    }

    // The container holds the model session and the connectors' clients.
    public ValueTask DisposeAsync() => _kernel.Services is IAsyncDisposable services ? services.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>The agent's answer, or null when the steps are used up.</summary>
    private async Task<string?> AskAsync(AgentRole role, StepLog log, CancellationToken cancellationToken)
    {
        if (log.TryBegin(role) is not { } step)
        {
            return null;
        }

        int before = _history.Count;
        _history.AddUserMessage(step.Request);
        RoutingDecision? decision = await _agents[role].AnswerAsync(_history, cancellationToken);
        List<ChatMessageContent> added = [.. _history.Skip(before + 1)];
        return log.End(step, decision, TokenCount.Sum(added.Select(TokenCount.Of)), added.Select(m => m.ToChatMessage())).Answer;
    }
}
