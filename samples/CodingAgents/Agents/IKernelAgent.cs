using ArchRouter;
using Microsoft.SemanticKernel.ChatCompletion;

namespace CodingAgents;

/// <summary>An agent on Semantic Kernel that answers the latest request of a history which it shares with others.</summary>
internal interface IKernelAgent
{
    /// <summary>Answers. What it says, its tool calls and their results go to the end of the history.</summary>
    /// <returns>The decision by which the answer was routed.</returns>
    Task<RoutingDecision?> AnswerAsync(ChatHistory history, CancellationToken cancellationToken);
}
