namespace ArchRouter.Onnx;

/// <summary>A set of policies, ready to be asked about. Immutable and thread-safe.</summary>
internal sealed class PromptTokens(int[] prefix, int[] suffix, int[][] answers, PromptWindow window)
{
    /// <summary>The tokens that every prompt about these policies begins with; the part that can stay in the model's cache.</summary>
    public ReadOnlyMemory<int> Prefix => prefix;

    /// <summary>The rest of every possible answer: the policies in their order, then <c>other</c>. No two are equal.</summary>
    public IReadOnlyList<int[]> Answers => answers;

    /// <summary>How many tokens the longest answer has.</summary>
    public int LongestAnswer => answers.Max(answer => answer.Length);

    /// <summary>The most tokens that a conversation takes.</summary>
    public int ConversationBudget => window.Budget;

    /// <summary>The most tokens of a prompt with its answer.</summary>
    public int MostTokens => prefix.Length + window.Budget + suffix.Length + LongestAnswer;

    /// <summary>The tokens that follow the prefix: the conversation as far as it fits, and everything through the forced start of the answer.</summary>
    public int[] Encode(ConversationWindow conversation)
    {
        List<int> ids = new(512);
        window.Encode(conversation, ids);
        ids.AddRange(suffix);
        return [.. ids];
    }
}
