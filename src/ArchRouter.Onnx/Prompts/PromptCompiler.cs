namespace ArchRouter.Onnx;

/// <summary>Turns policies into the tokens of a layout, and sees to it that prompt and answer fit the model's context.</summary>
internal sealed class PromptCompiler
{
    /// <summary>Less than this of a request, beyond its frame, is no basis for a decision.</summary>
    private const int LeastConversation = 32;

    private readonly PromptLayout _layout;
    private readonly BpeTokenizer _tokenizer;
    private readonly int _contextLength;
    private readonly int[] _suffix;
    private readonly int _leastBudget;

    private PromptCompiler(PromptLayout layout, BpeTokenizer tokenizer, int contextLength)
    {
        _layout = layout;
        _tokenizer = tokenizer;
        _contextLength = contextLength;
        List<int> suffix = [];
        layout.Suffix().Encode(tokenizer, suffix);
        _suffix = [.. suffix];
        _leastBudget = PromptWindow.Least(layout, tokenizer) + LeastConversation;
    }

    /// <summary>Makes a compiler for a model.</summary>
    /// <param name="layout">The layout that the model was trained with.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="contextLength">The most tokens of prompt and answer together.</param>
    /// <param name="tokenizerFile">The tokenizer's file, for the report.</param>
    /// <param name="report">Where it goes if the two do not fit.</param>
    /// <returns>The compiler, or <see langword="null"/> if there are problems.</returns>
    public static PromptCompiler? Create(PromptLayout layout, BpeTokenizer tokenizer, int contextLength, string tokenizerFile, ModelFolderReport report)
    {
        string[] missing = [.. ChatFrame.ControlTokens.Where(token => !tokenizer.TryGetSpecial(token, out _))];
        if (missing.Length == 0)
        {
            return new(layout, tokenizer, contextLength);
        }

        report.Add(tokenizerFile, $"The tokenizer lacks {string.Join(", ", missing)}, which the prompt layout '{layout.Id}' is made of.", "Use a model that speaks ChatML, such as Arch-Router or another Qwen.");
        return null;
    }

    /// <summary>Makes the tokens of a set of policies.</summary>
    /// <exception cref="RouteTableException">The policies do not fit the context, or the model cannot tell two of them apart.</exception>
    public PromptTokens Compile(PolicySet policies)
    {
        List<int> prefix = [];
        _layout.Prefix(policies).Encode(_tokenizer, prefix, _layout.IsOneText ? _layout.Conversation.Begin[0] : null);
        int[][] answers = [.. policies.Select(policy => policy.Name).Append(null).Select(name => _tokenizer.Encode(_layout.AnswerFor(name)))];
        CheckDistinct(policies, answers);

        int budget = _contextLength - prefix.Count - _suffix.Length - answers.Max(answer => answer.Length);
        if (budget < _leastBudget)
        {
            throw new RouteTableException([new(
                "routes",
                $"The {policies.Count} routes take {prefix.Count} tokens in the prompt layout '{_layout.Id}' and leave {Math.Max(0, budget)} of the router model's {_contextLength} for the conversation; it needs {_leastBudget}.",
                "Shorten the descriptions, use fewer routes, or use a router model with a longer context.")]);
        }

        return new([.. prefix], _suffix, answers, new(_layout, _tokenizer, Math.Min(budget, _layout.Limits.Tokens)));
    }

    // Names may differ in ways that the tokenizer levels, such as a letter with its accent against the two characters.
    private static void CheckDistinct(PolicySet policies, int[][] answers)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < policies.Count; i++)
        {
            if (!seen.TryAdd(string.Join(' ', answers[i]), i))
            {
                string other = policies[seen[string.Join(' ', answers[i])]].Name;
                throw new RouteTableException([new($"route '{policies[i].Name}'", $"The router model reads its name as it reads '{other}'.", "Give one of the two another name.")]);
            }
        }
    }
}
