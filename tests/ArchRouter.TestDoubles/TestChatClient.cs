using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ArchRouter.TestDoubles;

/// <summary>A chat client that answers both paths by one function and records its calls.</summary>
public sealed class TestChatClient(Func<TestChatCall, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> answer) : IChatClient
{
    private readonly ConcurrentQueue<TestChatCall> _calls = new();
    private int _disposals;

    /// <summary>The calls so far, oldest first.</summary>
    public IReadOnlyCollection<TestChatCall> Calls => _calls;

    /// <summary>How often the client was disposed.</summary>
    public int Disposals => _disposals;

    /// <summary>The model id that the client's metadata tells.</summary>
    public string? ModelId { get; init; }

    /// <summary>Answers every call with this text, in two updates.</summary>
    public static TestChatClient Saying(string text) => Saying(_ => text);

    /// <summary>Answers with the text that a function gives, in two updates.</summary>
    public static TestChatClient Saying(Func<TestChatCall, string> text) => Answering(call => new TextContent(text(call)));

    /// <summary>Answers with the content that a function gives, followed by an empty update.</summary>
    public static TestChatClient Answering(Func<TestChatCall, AIContent> content) => new((call, _) => Updates(content(call)));

    /// <summary>Fails before any update.</summary>
    public static TestChatClient Failing(Exception error) => new((_, token) => Fail(error, null, token));

    /// <summary>Gives one update with a text, then fails.</summary>
    public static TestChatClient FailingAfter(string text, Exception error) => new((_, token) => Fail(error, text, token));

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await Answer(messages, options, streaming: false, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Answer(messages, options, streaming: true, cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", defaultModelId: ModelId)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Increment(ref _disposals);

    private IAsyncEnumerable<ChatResponseUpdate> Answer(
        IEnumerable<ChatMessage> messages, ChatOptions? options, bool streaming, CancellationToken cancellationToken)
    {
        var call = new TestChatCall(messages, [.. messages], options, options?.Clone(), streaming, cancellationToken);
        _calls.Enqueue(call);
        return answer(call, cancellationToken);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Updates(AIContent content)
    {
        await Task.Yield();
        yield return new(ChatRole.Assistant, [content]) { MessageId = "m" };
        yield return new(ChatRole.Assistant, []) { MessageId = "m", FinishReason = ChatFinishReason.Stop };
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Fail(
        Exception error, string? text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (text is not null)
        {
            yield return new(ChatRole.Assistant, text);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw error;
    }
}
