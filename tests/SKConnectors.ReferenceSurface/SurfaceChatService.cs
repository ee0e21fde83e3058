using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Connectors;

/// <summary>What every connector of the surface is: a service that can be made and says so when it is called.</summary>
public abstract class SurfaceChatService(string modelId) : IChatCompletionService
{
    public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?> { ["ModelId"] = modelId };

    public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
        throw NotTheConnector();

    public IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
        throw NotTheConnector();

    private NotSupportedException NotTheConnector() =>
        new($"This was built against the reference surface of {GetType().Name}, which reaches no model. Build with -p:ArchRouterConnectorReference=package.");
}
