namespace ArchRouter.Onnx;

/// <summary>Prompts in one of the layouts that router models are trained on.</summary>
internal sealed class LayoutPrompts(PromptCompiler compiler, PromptLayout layout, BpeTokenizer tokenizer) : IRoutePrompts
{
    /// <summary>What follows the first name in a list that goes on.</summary>
    private const string Next = "\",";

    public ICompiledRoutes Compile(PolicySet policies)
    {
        PromptTokens tokens = compiler.Compile(policies);
        List<Spelling> spellings = [.. tokens.Answers.Select((answer, candidate) => new Spelling(candidate, answer))];
        if (layout.Answer == PromptAnswer.List)
        {
            spellings.AddRange(policies.Select((policy, candidate) => new Spelling(candidate, FirstOfMore(policy.Name))));
        }

        return new Compiled(tokens, new RouteTrie(spellings));
    }

    // A list may name more than one policy; the first counts, whether it stays alone or not.
    private int[] FirstOfMore(string name)
    {
        string alone = layout.AnswerFor(name);
        return tokenizer.Encode(string.Concat(alone.AsSpan(0, alone.Length - layout.Answer.Close.Length), Next));
    }

    private sealed class Compiled(PromptTokens tokens, RouteTrie answers) : ICompiledRoutes
    {
        public RouteTrie Answers => answers;

        public ReadOnlyMemory<int> Prefix => tokens.Prefix;

        public int[] Prompt(ConversationWindow conversation) => [.. tokens.Prefix.Span, .. tokens.Encode(conversation)];
    }
}
