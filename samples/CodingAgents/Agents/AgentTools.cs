using Microsoft.Extensions.AI;

namespace CodingAgents;

/// <summary>Gives each agent the tools that its role allows, each noted when it is used. Disposing stops the tools that still run.</summary>
internal sealed class AgentTools(RepositoryTools tools, ToolJournal journal) : IAsyncDisposable
{
    private readonly ToolGate _gate = new();

    public IReadOnlyList<AIFunction> For(AgentRole role) =>
    [
        .. tools.Reading
            .Concat(role.MayRun ? tools.Running : [])
            .Concat(role.MayWrite ? tools.Writing : [])
            .Select(tool => new ObservedTool(tool, journal, _gate)),
    ];

    public ValueTask DisposeAsync() => _gate.DisposeAsync();
}
