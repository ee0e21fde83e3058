using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using ChatMessageContent = Microsoft.SemanticKernel.ChatMessageContent;

namespace CodingAgents;

/// <summary>An agent that is a kernel function: it answers the latest request of a history that it shares with others, with tools of its own.</summary>
internal sealed class KernelAgent
{
    private const string History = "history";
    private readonly AgentRole _role;
    private readonly Kernel _kernel;
    private readonly KernelFunction _function;

    public KernelAgent(AgentRole role, Kernel kernel, IEnumerable<AIFunction> tools)
    {
        _role = role;
        // A clone has plugins of its own and the same services, hence the same selector.
        _kernel = kernel.Clone();
        _kernel.Plugins.AddFromFunctions("repository", tools.Select(tool => tool.AsKernelFunction()));
        _function = KernelFunctionFactory.CreateFromMethod(AnswerAsync, role.Name, role.Description);
    }

    /// <summary>Answers; what it says, its tool calls and their results go to the end of the history.</summary>
    public Task<FunctionResult> InvokeAsync(ChatHistory history, CancellationToken cancellationToken)
    {
        KernelArguments arguments = new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }) { [History] = history };
        return _function.InvokeAsync(_kernel, arguments.WithAgentName(_role.Name), cancellationToken);
    }

    private async Task<ChatMessageContent> AnswerAsync(ChatHistory history, KernelArguments arguments, CancellationToken cancellationToken)
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
