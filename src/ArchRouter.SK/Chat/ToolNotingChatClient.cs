using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>A target's chat client whose tools are noted when they run, also where no filter of the kernel sees them.</summary>
/// <param name="inner">The target's client, which invokes functions.</param>
/// <param name="kernel">The call's kernel.</param>
internal sealed class ToolNotingChatClient(IChatClient inner, Kernel? kernel) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, Noted(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(messages, Noted(options), cancellationToken);

    private ChatOptions? Noted(ChatOptions? options)
    {
        bool hasTools = options?.Tools is { Count: > 0 };

        // Semantic Kernel's own invoking client runs the kernel's filters, and takes kernel functions only, so they must stay as they are.
        bool runsFilters = TargetClients.TryGetService<FunctionInvokingChatClient>(InnerClient) is { } invoking && ConnectorSettings.IsSemanticKernel(invoking.GetType().Assembly);
        bool isUnseen = hasTools && runsFilters && kernel?.AutoFunctionInvocationFilters.Any(f => f is ToolRunFilter) != true;
        if (isUnseen || TargetTools.MayRunUnseen(InnerClient))
        {
            RoutedCall.NoteTool();
        }

        if (!hasTools || runsFilters)
        {
            return options;
        }

        ChatOptions noted = options!.Clone();
        noted.Tools = NotedFunction.Note(noted.Tools!);
        return noted;
    }
}
