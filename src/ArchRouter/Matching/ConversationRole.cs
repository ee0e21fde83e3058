namespace ArchRouter;

/// <summary>Who speaks in a <see cref="ConversationWindow"/>. System and tool messages are not part of it.</summary>
public enum ConversationRole
{
    /// <summary>The person (or program) whose request is answered.</summary>
    User,

    /// <summary>A model or an agent.</summary>
    Assistant,
}
