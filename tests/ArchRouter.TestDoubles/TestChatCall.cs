using Microsoft.Extensions.AI;

namespace ArchRouter.TestDoubles;

/// <summary>One call of a <see cref="TestChatClient"/>: the very objects it was given, and copies of them as they were then.</summary>
public sealed record TestChatCall(
    IEnumerable<ChatMessage> GivenMessages,
    IReadOnlyList<ChatMessage> Messages,
    ChatOptions? GivenOptions,
    ChatOptions? Options,
    bool Streaming,
    CancellationToken CancellationToken)
{
    /// <summary>The text of the latest message.</summary>
    public string Latest => Messages[^1].Text;
}
