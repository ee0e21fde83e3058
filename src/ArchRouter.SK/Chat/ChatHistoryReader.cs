using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK;

/// <summary>Reads Semantic Kernel messages for the conversation window.</summary>
internal readonly struct ChatHistoryReader : IMessageReader<ChatMessageContent>
{
    public static MessageKind KindOf(ChatMessageContent message)
    {
        if (message.Role == AuthorRole.Tool || Has<FunctionCallContent>(message) || Has<FunctionResultContent>(message))
        {
            return MessageKind.Tool;
        }

        return message.Role == AuthorRole.User ? MessageKind.User
            : message.Role == AuthorRole.Assistant ? MessageKind.Assistant
            : MessageKind.System;
    }

#pragma warning disable SKEXP0101 // AuthorName is how agents sign; it is part of the agents' preview.
    public static string? AuthorOf(ChatMessageContent message) => message.AuthorName;
#pragma warning restore SKEXP0101

    public static string? TextOf(ChatMessageContent message)
    {
        string? text = null;
        foreach (KernelContent item in message.Items)
        {
            if (item is TextContent { Text: { } part })
            {
                text = text is null ? part : text + part;
            }
        }

        return text;
    }

    public static long LengthOf(ChatMessageContent message)
    {
        long length = 0;
        foreach (KernelContent item in message.Items)
        {
            length += (item as TextContent)?.Text?.Length ?? 0;
        }

        return length;
    }

    public static bool HasImage(ChatMessageContent message) => Has<ImageContent>(message);

    private static bool Has<TContent>(ChatMessageContent message)
        where TContent : KernelContent
    {
        foreach (KernelContent item in message.Items)
        {
            if (item is TContent)
            {
                return true;
            }
        }

        return false;
    }
}
