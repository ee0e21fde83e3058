namespace ArchRouter;

/// <summary>How the window reads one kind of message, so that MEAI's and Semantic Kernel's histories share one algorithm without a copy.</summary>
internal interface IMessageReader<TMessage>
{
    static abstract MessageKind KindOf(TMessage message);

    static abstract string? AuthorOf(TMessage message);

    /// <summary>All text of the message, or null.</summary>
    static abstract string? TextOf(TMessage message);

    /// <summary>The length of <see cref="TextOf"/>, without building it.</summary>
    static abstract long LengthOf(TMessage message);

    static abstract bool HasImage(TMessage message);
}
