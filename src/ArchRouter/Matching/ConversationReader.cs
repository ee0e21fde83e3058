namespace ArchRouter;

/// <summary>Finds the user's latest request in a history and keeps what leads up to it.</summary>
internal static class ConversationReader<TMessage, TReader>
    where TReader : struct, IMessageReader<TMessage>
{
    public static ConversationWindow Read(IReadOnlyList<TMessage> messages, Func<string, bool>? isUserAuthor)
    {
        string? systemAuthor = null;
        bool hasUnsigned = false;
        string? firstSigned = null;
        long totalLength = 0;
        for (int i = 0; i < messages.Count; i++)
        {
            TMessage message = messages[i];
            totalLength += TReader.LengthOf(message);
            string? author = TReader.AuthorOf(message);
            switch (TReader.KindOf(message))
            {
                case MessageKind.User when string.IsNullOrEmpty(author):
                    hasUnsigned = true;
                    break;
                case MessageKind.User:
                    firstSigned ??= author;
                    break;
                case MessageKind.System:
                    systemAuthor ??= author;
                    break;
            }
        }

        // People mostly do not sign; agents do. Where everything is signed, the one who spoke first is the person.
        bool IsUser(string? author) => string.IsNullOrEmpty(author)
            || (isUserAuthor is not null ? isUserAuthor(author) : !hasUnsigned && author == firstSigned);

        int latest = messages.Count - 1;
        bool continuation = false;
        for (; latest >= 0; latest--)
        {
            MessageKind kind = TReader.KindOf(messages[latest]);
            continuation |= kind == MessageKind.Tool;
            if (kind == MessageKind.User && IsUser(TReader.AuthorOf(messages[latest])))
            {
                break;
            }
        }

        if (latest < 0)
        {
            return ConversationWindow.FromOwned([], hasImage: false, isContinuation: false, systemAuthor, totalLength);
        }

        bool hasImage = TReader.HasImage(messages[latest]);
        List<ConversationMessage> window = new(4);
        for (int i = latest; i >= 0 && window.Count < ConversationWindow.MaxMessages; i--)
        {
            MessageKind kind = TReader.KindOf(messages[i]);
            if (kind is MessageKind.User or MessageKind.Assistant && TReader.TextOf(messages[i]) is { } text && !string.IsNullOrWhiteSpace(text))
            {
                bool user = kind == MessageKind.User && IsUser(TReader.AuthorOf(messages[i]));
                // A request without text, such as a lone image, is routed by the user's last words before it.
                if (user || window.Count > 0)
                {
                    window.Add(new(user ? ConversationRole.User : ConversationRole.Assistant, text));
                }
            }
        }

        window.Reverse();
        return ConversationWindow.FromOwned([.. window], hasImage, continuation, systemAuthor, totalLength);
    }
}
