using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK;

/// <summary>Reads Semantic Kernel messages for the conversation window. Items are walked by index: their enumerator would be an object each time.</summary>
internal readonly struct ChatHistoryReader : IMessageReader<ChatMessageContent>
{
    /// <summary>Which author names are the user's, unless the application says otherwise: all, since Semantic Kernel's agents answer as assistants.</summary>
    public static readonly Func<string, bool> EveryAuthorIsUser = static _ => true;

    public static MessageKind KindOf(ChatMessageContent message)
    {
        if (message.Role == AuthorRole.Tool || HasToolContent(message.Items))
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
        ChatMessageContentItemCollection items = message.Items;
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is TextContent { Text: { } part })
            {
                text = text is null ? part : text + part;
            }
        }

        return text;
    }

    public static long LengthOf(ChatMessageContent message)
    {
        long length = 0;
        ChatMessageContentItemCollection items = message.Items;
        for (int i = 0; i < items.Count; i++)
        {
            length += (items[i] as TextContent)?.Text?.Length ?? 0;
        }

        return length;
    }

    public static bool HasImage(ChatMessageContent message)
    {
        ChatMessageContentItemCollection items = message.Items;
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is ImageContent)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasToolContent(ChatMessageContentItemCollection items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is FunctionCallContent or FunctionResultContent)
            {
                return true;
            }
        }

        return false;
    }
}
