namespace ArchRouter;

/// <summary>A message's part in the conversation. <see cref="Tool"/> covers tool calls as well as tool results.</summary>
internal enum MessageKind
{
    System,
    User,
    Assistant,
    Tool,
}
