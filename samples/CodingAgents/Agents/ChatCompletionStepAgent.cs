using ArchRouter;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using Microsoft.SemanticKernel.ChatCompletion;

namespace CodingAgents;

/// <summary>An agent that is Semantic Kernel's <see cref="ChatCompletionAgent"/>. Compiled only with -p:SkAgents=true, which fetches its package.</summary>
internal sealed class ChatCompletionStepAgent(AgentRole role, Kernel kernel) : IKernelAgent
{
    private readonly ChatCompletionAgent _agent = new()
    {
        Name = role.Name,
        Description = role.Description,
        Instructions = role.Instructions,
        Kernel = kernel.WithAgentName(role.Name),
        Arguments = new KernelArguments(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }),
    };

    public async Task<RoutingDecision?> AnswerAsync(ChatHistory history, CancellationToken cancellationToken)
    {
        // A thread of its own for this step, so that a step which is cancelled leaves the shared history without half of it.
        ChatHistory own = [.. history];
        RoutingDecision? decision = null;
        await foreach (AgentResponseItem<ChatMessageContent> item in
            _agent.InvokeAsync(Array.Empty<ChatMessageContent>(), new ChatHistoryAgentThread(own), options: null, cancellationToken))
        {
            decision ??= item.Message.GetRoutingDecision();
        }

        history.AddRange(own.Skip(history.Count));
        return decision;
    }
}
