using Microsoft.Extensions.AI;

namespace ArchRouter.TestDoubles;

/// <summary>Asks by either path, so that one test covers both.</summary>
public static class ChatClientAsking
{
    /// <summary>Asks and gives the whole answer; a streamed one is combined from its updates.</summary>
    public static Task<ChatResponse> AskAsync(
        this IChatClient client, bool streaming, IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        streaming
            ? client.GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken)
            : client.GetResponseAsync(messages, options, cancellationToken);

    /// <summary>Asks with one user message.</summary>
    public static Task<ChatResponse> AskAsync(
        this IChatClient client, bool streaming, string request, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        client.AskAsync(streaming, [new ChatMessage(ChatRole.User, request)], options, cancellationToken);
}
