using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>A chat service that answers with its own name and keeps what it was asked.</summary>
internal sealed class RecordingChatService(string name, string? modelId = null) : IChatCompletionService
{
    private readonly ConcurrentQueue<Call> _calls = new();

    public sealed record Call(ChatHistory History, PromptExecutionSettings? Settings, Kernel? Kernel, CancellationToken Token);

    public IReadOnlyList<Call> Calls => [.. _calls];

    public IReadOnlyDictionary<string, object?> Attributes { get; } =
        modelId is null ? new Dictionary<string, object?>() : new Dictionary<string, object?> { ["ModelId"] = modelId };

    /// <summary>Runs before an answer; may throw.</summary>
    public Func<Call, Task> OnCall { get; init; } = _ => Task.CompletedTask;

    /// <summary>Runs between the first and the second streamed update; may throw.</summary>
    public Func<Task> OnMidStream { get; init; } = () => Task.CompletedTask;

    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        await RecordAsync(new(chatHistory, executionSettings, kernel, cancellationToken));
        return [new ChatMessageContent(AuthorRole.Assistant, name, metadata: new Dictionary<string, object?> { ["own"] = name })];
    }

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await RecordAsync(new(chatHistory, executionSettings, kernel, cancellationToken));
        yield return new StreamingChatMessageContent(AuthorRole.Assistant, name[..1]);
        await OnMidStream();
        yield return new StreamingChatMessageContent(AuthorRole.Assistant, name[1..]);
    }

    private async Task RecordAsync(Call call)
    {
        _calls.Enqueue(call);
        await OnCall(call);
    }
}
