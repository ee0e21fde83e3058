using System.Text;

namespace ArchRouter;

/// <summary>
/// The prompt of Arch-Router's model card, as one user message. The policies come first and in their order, so that servers can reuse what
/// they computed for them.
/// </summary>
internal static class RouterPrompt
{
    /// <summary>What comes before the conversation; the same for every request with these policies.</summary>
    public static string Prefix(PolicySet policies)
    {
        var prompt = new StringBuilder(ArchRouterCard.Head);
        PythonJson.AppendPairs(prompt, "name", "description", policies.Select(p => (p.Name, p.Description)));
        return prompt.Append(ArchRouterCard.Middle).ToString();
    }

    /// <summary>The whole prompt.</summary>
    public static string Complete(string prefix, ConversationWindow conversation, RemoteRouterOptions options)
    {
        IReadOnlyList<ConversationMessage> messages = conversation.Messages;
        int latest = messages.Count - 1;
        var prompt = new StringBuilder(prefix);
        PythonJson.AppendPairs(prompt, "role", "content", messages
            .Select((m, i) => (Role(m), MiddleTrim.Apply(m.Text, i == latest ? options.MaxRequestLength : options.MaxEarlierLength)))
            .TakeLast(options.MaxMessages));
        return prompt.Append("\n\n").Append(ArchRouterCard.Instructions).ToString();
    }

    private static string Role(ConversationMessage message) => message.Role == ConversationRole.User ? "user" : "assistant";
}
