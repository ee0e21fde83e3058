namespace ArchRouter;

/// <summary>A message that the router model may see.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Text">The whole text; engines trim it to what their model reads.</param>
public readonly record struct ConversationMessage(ConversationRole Role, string Text);
