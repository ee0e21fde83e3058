using ArchRouter;
using Microsoft.Extensions.AI;

namespace CodingAgents.Tests;

/// <summary>Pieces that tests begin with.</summary>
internal static class Given
{
    public static string LoopRecordings => Path.Combine(AppContext.BaseDirectory, "Loop");

    public static RunSettings Settings(Framework framework = Framework.Sk, WorkflowKind workflow = WorkflowKind.Sequential) =>
        new() { Framework = framework, Workflow = workflow, Output = "unused", Variables = _ => null };

    public static Step Step(int number, string agent = "coder", string target = "fast", TokenCount tokens = default, string request = "Write it.") => new(
        number,
        agent,
        request,
        new RoutingDecision
        {
            Outcome = RoutingOutcome.Matched,
            Targets = [new RouteTarget(target)],
            Policy = "code_generation",
            Probability = 0.75,
            TableVersion = "v",
            ServedBy = target,
        },
        [],
        tokens,
        TimeSpan.FromSeconds(number),
        TimeSpan.FromSeconds(2),
        "done");

    /// <summary>The ids of tool calls and of tool results in a history, each in order.</summary>
    public static (string[] Calls, string[] Results) ToolIds(IEnumerable<ChatMessage> history)
    {
        AIContent[] contents = [.. history.SelectMany(m => m.Contents)];
        return ([.. contents.OfType<FunctionCallContent>().Select(c => c.CallId)], [.. contents.OfType<FunctionResultContent>().Select(r => r.CallId)]);
    }
}
