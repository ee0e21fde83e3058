using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>Reads MEAI messages.</summary>
internal readonly struct ChatMessageReader : IMessageReader<ChatMessage>
{
    public static MessageKind KindOf(ChatMessage message)
    {
        if (message.Role == ChatRole.Tool || Has<FunctionCallContent>(message) || Has<FunctionResultContent>(message))
        {
            return MessageKind.Tool;
        }

        return message.Role == ChatRole.User ? MessageKind.User
            : message.Role == ChatRole.Assistant ? MessageKind.Assistant
            : MessageKind.System;
    }

    public static string? AuthorOf(ChatMessage message) => message.AuthorName;

    public static string? TextOf(ChatMessage message) => message.Text;

    public static long LengthOf(ChatMessage message)
    {
        long length = 0;
        for (int i = 0; i < message.Contents.Count; i++)
        {
            length += (message.Contents[i] as TextContent)?.Text?.Length ?? 0;
        }

        return length;
    }

    public static bool HasImage(ChatMessage message)
    {
        for (int i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is DataContent data && data.HasTopLevelMediaType("image")
                || message.Contents[i] is UriContent uri && uri.HasTopLevelMediaType("image"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has<TContent>(ChatMessage message)
        where TContent : AIContent
    {
        for (int i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is TContent)
            {
                return true;
            }
        }

        return false;
    }
}
