using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>
/// What the router may read of a conversation: the latest messages of user and assistant that hold text, oldest first, ending with the
/// user's latest request. System messages, tool messages and what followed the request are left out. Where the user says nothing at all,
/// as for the later ones of agents in a row, the latest text ends the window.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. In multi-agent conversations other agents' output can arrive with the user's role and an author name;
/// it is read as an assistant's, so that it is not taken for the request. See <see cref="RouterOptions.IsUserAuthor"/>.
/// </remarks>
public sealed class ConversationWindow
{
    /// <summary>How many messages a window keeps at most. Engines read fewer.</summary>
    public const int MaxMessages = 16;

    /// <summary>A window with no message.</summary>
    public static readonly ConversationWindow Empty = new([]);

    /// <summary>Makes a window from messages as they are; the last one is the request, whoever speaks.</summary>
    /// <param name="messages">The messages, oldest first; copied.</param>
    public ConversationWindow(IEnumerable<ConversationMessage> messages)
        : this([.. messages ?? throw new ArgumentNullException(nameof(messages))])
    {
    }

    private ConversationWindow(ConversationMessage[] messages) => Messages = messages;

    /// <summary>The messages, oldest first.</summary>
    public IReadOnlyList<ConversationMessage> Messages { get; }

    /// <summary>Whether the latest user turn holds an image. One further up in the conversation counts only for what targets must be able to do.</summary>
    public bool HasImage { get; internal init; }

    /// <summary>Whether tool calls or results follow the latest request: the model is in the middle of answering it.</summary>
    public bool IsContinuation { get; internal init; }

    /// <summary>The author name of the first system or developer message that is signed, which is how Semantic Kernel agents sign their instructions.</summary>
    public string? SystemAuthor { get; internal init; }

    /// <summary>The tool messages that the conversation ends in, if it does.</summary>
    internal ToolEnding Ending { get; init; }

    /// <summary>The length of the whole conversation's text in UTF-16 code units, for estimating whether it fits a context.</summary>
    internal long TotalLength { get; init; }

    /// <summary>Whether any message of the whole conversation holds an image: the target gets them all.</summary>
    internal bool AnyImage { get; init; }

    /// <summary>Whether there is anything to route by.</summary>
    internal bool HasRequest => Messages.Count > 0;

    /// <summary>Reads the window of a conversation.</summary>
    /// <param name="messages">The conversation, oldest first.</param>
    /// <param name="isUserAuthor">Says which author names are the user's; see <see cref="RouterOptions.IsUserAuthor"/>.</param>
    public static ConversationWindow FromMessages(IReadOnlyList<ChatMessage> messages, Func<string, bool>? isUserAuthor = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return Read<ChatMessage, ChatMessageReader>(messages, isUserAuthor);
    }

    internal static ConversationWindow Read<TMessage, TReader>(IReadOnlyList<TMessage> messages, Func<string, bool>? isUserAuthor)
        where TReader : struct, IMessageReader<TMessage>
        => ConversationReader<TMessage, TReader>.Read(messages, isUserAuthor);

    internal static ConversationWindow FromOwned(
        ConversationMessage[] messages, bool hasImage, bool isContinuation, ToolEnding ending, string? systemAuthor, long totalLength, bool anyImage) => new(messages)
        {
            HasImage = hasImage,
            IsContinuation = isContinuation,
            Ending = ending,
            SystemAuthor = systemAuthor,
            TotalLength = totalLength,
            AnyImage = anyImage,
        };
}
