using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;

namespace CodingAgents;

/// <summary>Agents in a row. Code, not a model, decides by the reviewer's verdict whether coder and reviewer go round again.</summary>
internal sealed class SequentialAgentWorkflow(IConfigurationSection routing, AgentTools tools) : AgentWorkflow(routing, tools)
{
    public override async Task RunAsync(StepLog log, CancellationToken cancellationToken)
    {
        List<ChatMessage> conversation = [new(ChatRole.User, Team.Task)];
        await RunInTurnAsync([.. Team.Opening, .. Team.Loop]);
        while (!log.IsUsedUp && !Verdict.IsApproved(log.Steps[^1].Answer))
        {
            await RunInTurnAsync(Team.Loop);
        }

        await RunInTurnAsync(Team.Closing);

        async Task RunInTurnAsync(IEnumerable<AgentRole> roles) => conversation = await RunAsync(
            AgentWorkflowBuilder.BuildSequential([.. roles.Select(role => Agent(role, log))]), conversation, cancellationToken);
    }
}
