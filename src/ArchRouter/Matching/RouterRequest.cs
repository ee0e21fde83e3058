namespace ArchRouter;

/// <summary>What an engine is asked: which of these policies fits this conversation.</summary>
/// <param name="Policies">The policies to choose from; not empty when asked by <see cref="PreferenceRouter"/>.</param>
/// <param name="Conversation">The conversation; its last message is the request.</param>
public sealed record RouterRequest(PolicySet Policies, ConversationWindow Conversation);
