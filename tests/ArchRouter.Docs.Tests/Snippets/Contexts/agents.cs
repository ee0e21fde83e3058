global using Microsoft.Agents.AI;
global using Microsoft.Agents.AI.Workflows;
global using static ArchRouter.Docs.AgentsContext;

namespace ArchRouter.Docs;

/// <summary>What agents of Agent Framework are made of, beside a service collection.</summary>
internal static class AgentsContext
{
    public static readonly Microsoft.Extensions.AI.IChatClient routed = null!;
}
