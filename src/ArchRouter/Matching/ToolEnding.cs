namespace ArchRouter;

/// <summary>How a conversation ends, whatever the system adds to it: in tool messages (calls or results), or in words.</summary>
/// <param name="IsTool">Whether its latest message is a tool's.</param>
/// <param name="Author">Whose calls these are, where they are signed.</param>
internal readonly record struct ToolEnding(bool IsTool, string? Author)
{
    /// <summary>How the conversation ends once one more message has come.</summary>
    public ToolEnding Then(MessageKind kind, string? author) => kind switch
    {
        MessageKind.System => this,
        MessageKind.Tool => new(true, string.IsNullOrEmpty(author) ? Author : author),
        _ => default,
    };

    /// <summary>Whether an agent is to go on with its own answer. Where agents share a history, the calls at its end can be another one's.</summary>
    public bool IsOf(string? agent) =>
        IsTool && (Author is null || string.IsNullOrEmpty(agent) || Author.Equals(agent, StringComparison.OrdinalIgnoreCase));
}
