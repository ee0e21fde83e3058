using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;

namespace CodingAgents;

/// <summary>Agents that hand the work to one another: each one's model decides who goes on.</summary>
internal sealed class HandoffAgentWorkflow(IConfigurationSection routing, AgentTools tools) : AgentWorkflow(routing, tools)
{
    public override async Task RunAsync(StepLog log, CancellationToken cancellationToken)
    {
        AIAgent explainer = Agent(Team.Explainer, log);
        AIAgent architect = Agent(Team.Architect, log);
        AIAgent coder = Agent(Team.Coder, log);
        AIAgent reviewer = Agent(Team.Reviewer, log);
        Workflow workflow = AgentWorkflowBuilder.CreateHandoffBuilderWith(explainer)
            .WithHandoff(explainer, architect, "To the architect: the code is explained and the feature is to be designed.")
            .WithHandoff(architect, coder, "To the coder: the design is done and is to be written.")
            .WithHandoff(coder, reviewer, "To the reviewer: the code is written and is to be reviewed.")
            .WithHandoff(reviewer, coder, "To the coder: the change needs another change.")
            .WithHandoff(reviewer, explainer, "To the explainer: the change is approved and is to be explained.")
            .Build();
        await RunAsync(workflow, [new ChatMessage(ChatRole.User, Team.Task)], cancellationToken);
    }
}
