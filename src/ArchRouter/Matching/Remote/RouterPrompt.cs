using System.Text;

namespace ArchRouter;

/// <summary>
/// The prompt of Arch-Router's model card, as one user message. The policies come first and in their order, so that servers can reuse what
/// they computed for them.
/// </summary>
internal static class RouterPrompt
{
    // Trailing spaces are part of it, hence no raw literals.
    private const string Start =
        "\nYou are a helpful assistant designed to find the best suited route.\n" +
        "You are provided with route description within <routes></routes> XML tags:\n<routes>\n\n";

    private const string Middle = "\n\n</routes>\n\n<conversation>\n\n";

    private const string End =
        "\n\n</conversation>\n\n" +
        "Your task is to decide which route is best suit with user intent on the conversation in <conversation></conversation> XML tags.  Follow the instruction:\n" +
        "1. If the latest intent from user is irrelevant or user intent is full filled, response with other route {\"route\": \"other\"}.\n" +
        "2. You must analyze the route descriptions and find the best match route for user latest intent. \n" +
        "3. You only response the name of the route that best matches the user's request, use the exact name in the <routes></routes>.\n\n" +
        "Based on your analysis, provide your response in the following JSON formats if you decide to match any route:\n" +
        "{\"route\": \"route_name\"} \n";

    /// <summary>What comes before the conversation; the same for every request with these policies.</summary>
    public static string Prefix(PolicySet policies)
    {
        var prompt = new StringBuilder(Start);
        PythonJson.AppendPairs(prompt, "name", "description", policies.Select(p => (p.Name, p.Description)));
        return prompt.Append(Middle).ToString();
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
        return prompt.Append(End).ToString();
    }

    private static string Role(ConversationMessage message) => message.Role == ConversationRole.User ? "user" : "assistant";
}
