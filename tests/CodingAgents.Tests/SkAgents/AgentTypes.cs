using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel.ChatCompletion;

// Stand-ins with the signatures of Microsoft.SemanticKernel.Agents.Core that the sample uses.
namespace Microsoft.SemanticKernel.Agents;

internal abstract class AgentThread;

internal sealed class ChatHistoryAgentThread(ChatHistory chatHistory, string? id = null) : AgentThread
{
    public ChatHistory ChatHistory { get; } = chatHistory;

    public string? Id { get; } = id;
}

internal sealed class AgentInvokeOptions;

internal sealed class AgentResponseItem<TMessage>(TMessage message, AgentThread thread)
{
    public TMessage Message { get; } = message;

    public AgentThread Thread { get; } = thread;
}

/// <summary>Asks the selector for a service with a placeholder function and puts the signed instructions first, as the real agent does.</summary>
internal sealed class ChatCompletionAgent
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Instructions { get; init; }

    public Kernel Kernel { get; init; } = new();

    public KernelArguments? Arguments { get; init; }

    public async IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(
        ICollection<ChatMessageContent> messages,
        AgentThread? thread = null,
        AgentInvokeOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatHistory history = ((ChatHistoryAgentThread)thread!).ChatHistory;
        history.AddRange(messages);
        KernelFunction placeholder = KernelFunctionFactory.CreateFromPrompt("placeholder", Arguments!.ExecutionSettings!.Values);
        Assert.Null(options);
        Assert.True(Kernel.ServiceSelector.TrySelectAIService(
            Kernel, placeholder, Arguments, out IChatCompletionService? service, out PromptExecutionSettings? settings));
        ChatHistory sent = [new(AuthorRole.System, Instructions) { AuthorName = Name }, .. history];
        int before = sent.Count;
        IReadOnlyList<ChatMessageContent> answers = await service.GetChatMessageContentsAsync(sent, settings, Kernel, cancellationToken);
        history.AddRange(sent.Skip(before));
        foreach (ChatMessageContent answer in answers)
        {
            answer.AuthorName = Name;
            history.Add(answer);
            yield return new AgentResponseItem<ChatMessageContent>(answer, thread);
        }
    }
}
