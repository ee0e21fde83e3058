using ArchRouter;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using ChatMessageContent = Microsoft.SemanticKernel.ChatMessageContent;

namespace CodingAgents;

/// <summary>An agent that is a kernel function: it answers the latest request of a history that it shares with others, with tools of its own.</summary>
internal sealed class FunctionAgent : IKernelAgent
{
    private const string History = "history";
    private readonly AgentRole _role;
    private readonly Kernel _kernel;
    private readonly KernelFunction _function;

    public FunctionAgent(AgentRole role, Kernel kernel)
    {
        _role = role;
        _kernel = kernel;
        _function = KernelFunctionFactory.CreateFromMethod(AskAsync, role.Name, role.Description);
    }

    public async Task<RoutingDecision?> AnswerAsync(ChatHistory history, CancellationToken cancellationToken)
    {
        KernelArguments arguments = new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }) { [History] = history };
        FunctionResult result = await _function.InvokeAsync(_kernel, arguments.WithAgentName(_role.Name), cancellationToken);
        return result.GetRoutingDecision();
    }

    private async Task<ChatMessageContent> AskAsync(ChatHistory history, KernelArguments arguments, CancellationToken cancellationToken)
    {
        // What Semantic Kernel's own agents do: they ask the selector for a service, put their instructions first, and find in the history
        // afterwards what the connector's tool loop added to it.
        if (!_kernel.ServiceSelector.TrySelectAIService(
            _kernel, _function, arguments, out IChatCompletionService? service, out PromptExecutionSettings? settings))
        {
            throw new InvalidOperationException("No chat service is registered.");
        }

        ChatHistory own = [new(AuthorRole.System, _role.Instructions) { AuthorName = _role.Name }, .. history];
        int before = own.Count;
        ChatMessageContent answer = await service.GetChatMessageContentAsync(own, settings, _kernel, cancellationToken);
        answer.AuthorName = _role.Name;
        // Only now: whoever cancels or fails before leaves the history without half a step.
        history.AddRange(own.Skip(before).Append(answer));
        return answer;
    }
}
