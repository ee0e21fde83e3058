using ArchRouter;

namespace CodingAgents;

/// <summary>One turn of one agent, tool loop included.</summary>
internal sealed record Step(
    int Number,
    string Agent,
    string Request,
    RoutingDecision Decision,
    IReadOnlyList<ToolCall> Tools,
    TokenCount Tokens,
    TimeSpan Start,
    TimeSpan Elapsed,
    string Answer)
{
    /// <summary>The target that answered.</summary>
    public string Target => Decision.ServedBy ?? Decision.Target.ServiceId;
}
