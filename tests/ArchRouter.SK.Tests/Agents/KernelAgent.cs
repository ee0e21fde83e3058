using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using ChatMessageContent = Microsoft.SemanticKernel.ChatMessageContent;

namespace ArchRouter.SK.Tests;

/// <summary>
/// Makes the calls that Semantic Kernel's <c>ChatCompletionAgent</c> makes: it asks the selector with a placeholder function, puts its
/// instructions before the thread as a system message signed with its name, and takes over from that history what the service added to it.
/// </summary>
internal sealed class KernelAgent(string name, Kernel kernel, KernelArguments? arguments = null)
{
    private readonly List<RoutingDecision?> _decisions = [];

    public string Name => name;

    public Kernel Kernel => kernel;

    /// <summary>Awaited after each streamed update.</summary>
    public Func<Task> AfterUpdate { get; set; } = () => Task.CompletedTask;

    /// <summary>One decision for each invocation.</summary>
    public IReadOnlyList<RoutingDecision?> Decisions => _decisions;

    /// <summary>Answers a thread and adds the answer to it, with the tool messages on the way there.</summary>
    public async Task<ChatMessageContent> InvokeAsync(ChatHistory thread, bool streaming, CancellationToken token = default)
    {
        KernelFunction placeholder = KernelFunctionFactory.CreateFromPrompt("placeholder", arguments?.ExecutionSettings?.Values);
        (IChatCompletionService service, PromptExecutionSettings? settings) = Select(placeholder);
        ChatHistory chat = [new(AuthorRole.System, $"You are {name}.") { AuthorName = name }, .. thread];
        int before = chat.Count;
        (string text, RoutingDecision? decision) = await Ask.ServiceAsync(service, chat, streaming, settings, kernel, AfterUpdate, token);
        _decisions.Add(decision);
        foreach (ChatMessageContent added in chat.Skip(before))
        {
            added.AuthorName = name;
            thread.Add(added);
        }

        ChatMessageContent answer = new(AuthorRole.Assistant, text) { AuthorName = name };
        thread.Add(answer);
        return answer;
    }

    private (IChatCompletionService Service, PromptExecutionSettings? Settings) Select(KernelFunction placeholder)
    {
        if (kernel.ServiceSelector.TrySelectAIService(kernel, placeholder, arguments ?? [], out IChatCompletionService? service, out PromptExecutionSettings? settings))
        {
            return (service, settings);
        }

        Assert.True(((IChatClientSelector)kernel.ServiceSelector).TrySelectChatClient(
            kernel, placeholder, arguments ?? [], out IChatClient? client, out settings));
        return (client!.AsChatCompletionService(kernel.Services), settings);
    }
}
