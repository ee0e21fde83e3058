namespace ArchRouter;

/// <summary>Finds the user's latest request in a history and keeps what leads up to it.</summary>
internal readonly struct ConversationReader<TMessage, TReader>
    where TReader : struct, IMessageReader<TMessage>
{
    private readonly IReadOnlyList<TMessage> _messages;
    private readonly Func<string, bool>? _isUserAuthor;
    private readonly string? _onlyUser;

    private ConversationReader(IReadOnlyList<TMessage> messages, Func<string, bool>? isUserAuthor, string? onlyUser)
    {
        _messages = messages;
        _isUserAuthor = isUserAuthor;
        _onlyUser = onlyUser;
    }

    public static ConversationWindow Read(IReadOnlyList<TMessage> messages, Func<string, bool>? isUserAuthor)
    {
        string? systemAuthor = null;
        bool hasUnsigned = false;
        string? firstSigned = null;
        ToolEnding ending = default;
        long totalLength = 0;
        bool anyImage = false;
        for (int i = 0; i < messages.Count; i++)
        {
            totalLength += TReader.LengthOf(messages[i]);
            anyImage = anyImage || TReader.HasImage(messages[i]);
            string? author = TReader.AuthorOf(messages[i]);
            MessageKind kind = TReader.KindOf(messages[i]);
            ending = ending.Then(kind, author);
            switch (kind)
            {
                case MessageKind.User when string.IsNullOrEmpty(author):
                    hasUnsigned = true;
                    break;
                case MessageKind.User:
                    firstSigned ??= author;
                    break;
                case MessageKind.System when !string.IsNullOrEmpty(author):
                    systemAuthor ??= author;
                    break;
            }
        }

        // People mostly do not sign; agents do. Where everything is signed, the one who spoke first is the person.
        return new ConversationReader<TMessage, TReader>(messages, isUserAuthor, hasUnsigned ? null : firstSigned).Read(ending, systemAuthor, totalLength, anyImage);
    }

    private ConversationWindow Read(ToolEnding ending, string? systemAuthor, long totalLength, bool anyImage)
    {
        int request = LatestOfUser();
        if (request < 0)
        {
            // Agents in a row may hand on nothing but the last one's answer; then that is what there is to route by.
            request = LatestText();
        }

        if (request < 0)
        {
            return ConversationWindow.FromOwned([], hasImage: false, isContinuation: false, ending, systemAuthor, totalLength, anyImage);
        }

        return ConversationWindow.FromOwned(
            UpTo(request), TReader.HasImage(_messages[request]), ToolFollows(request), ending, systemAuthor, totalLength, anyImage);
    }

    private ConversationMessage[] UpTo(int request)
    {
        bool ofUser = IsUser(_messages[request]);
        List<ConversationMessage> window = new(4);
        for (int i = request; i >= 0 && window.Count < ConversationWindow.MaxMessages; i--)
        {
            if (!IsSpoken(_messages[i]) || TReader.TextOf(_messages[i]) is not { } text || string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            // A request without text, such as a lone image, is routed by the user's last words before it.
            bool user = IsUser(_messages[i]);
            if (user || !ofUser || window.Count > 0)
            {
                window.Add(new(user ? ConversationRole.User : ConversationRole.Assistant, text));
            }
        }

        window.Reverse();
        return [.. window];
    }

    private int LatestOfUser()
    {
        int i = _messages.Count - 1;
        while (i >= 0 && !IsUser(_messages[i]))
        {
            i--;
        }

        return i;
    }

    private int LatestText()
    {
        int i = _messages.Count - 1;
        while (i >= 0 && !(IsSpoken(_messages[i]) && !string.IsNullOrWhiteSpace(TReader.TextOf(_messages[i]))))
        {
            i--;
        }

        return i;
    }

    private bool ToolFollows(int request)
    {
        for (int i = request + 1; i < _messages.Count; i++)
        {
            if (TReader.KindOf(_messages[i]) == MessageKind.Tool)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSpoken(TMessage message) => TReader.KindOf(message) is MessageKind.User or MessageKind.Assistant;

    private bool IsUser(TMessage message) => TReader.KindOf(message) == MessageKind.User
        && (TReader.AuthorOf(message) is not { Length: > 0 } author || (_isUserAuthor is not null ? _isUserAuthor(author) : author == _onlyUser));
}
