namespace ArchRouter.Onnx.Tests;

public sealed class LayoutPromptsTests
{
    private static readonly BpeTokenizer Tokenizer = BpeTokenizer.Load(Path.Combine(GoldenDecoder.FolderOf("tiny-qwen2-fp32"), "tokenizer.json"));

    private static readonly PolicySet Policies = new(((string[])["code", "code_generation", "it's \"x\"", "🙂"]).Select(name => new RoutePolicy(name, name)));

    [Theory]
    [InlineData("arch-orchestrator", " [\"code\", \"code_generation\"]}", 0)]
    [InlineData("arch-orchestrator", " [\"code\"]}", 0)]
    [InlineData("arch-orchestrator", " [\"code_generation\", \"code\"]}", 1)]
    [InlineData("arch-orchestrator", " [\"it's \\\"x\\\"\"]}", 2)]
    [InlineData("arch-orchestrator", " [\"🙂\"]}", 3)]
    [InlineData("arch-orchestrator", " []}", 4)]
    [InlineData("compact", "code\"}", 0)]
    [InlineData("compact", "code_generation\"}", 1)]
    [InlineData("compact", "it's \\\"x\\\"\"}", 2)]
    [InlineData("arch-router-card", "\\ud83d\\ude42\"}", 3)]
    [InlineData("compact", "other\"}", 4)]
    public void Answers_LeadAModelThatIsSureToItsCandidate(string layout, string answer, int candidate)
    {
        (ICompiledRoutes routes, int[] prompt) = Compile(layout);
        int[] wanted = Tokenizer.Encode(answer);
        var sure = new ScriptedTokenModel(Tokenizer.VocabularySize, (tokens, token) =>
        {
            int at = tokens.Count - prompt.Length;
            bool onTrack = at < wanted.Length && tokens.Skip(prompt.Length).SequenceEqual(wanted.Take(at));
            return onTrack && token == wanted[at] ? 20 : 0;
        });

        RouteProbabilities found = new RouteScorer(1, 0).Score(sure, prompt, routes.Prefix.Length, routes.Answers, CancellationToken.None);

        Assert.Equal(Policies.Count + 1, found.ByCandidate.Length);
        Assert.InRange(found.ByCandidate[candidate], 0.99, 1);
    }

    [Theory]
    [InlineData("arch-orchestrator")]
    [InlineData("arch-router-card")]
    [InlineData("arch-gateway")]
    [InlineData("compact")]
    public void Prompt_BeginsWithThePrefix(string layout)
    {
        (ICompiledRoutes routes, int[] prompt) = Compile(layout);

        Assert.True(prompt.AsSpan().StartsWith(routes.Prefix.Span));
        Assert.InRange(prompt.Length, routes.Prefix.Length + 2, 2048);
    }

    private static (ICompiledRoutes Routes, int[] Prompt) Compile(string id)
    {
        PromptLayout layout = PromptLayouts.Find(id, ChatFrame.Plain)!;
        PromptCompiler compiler = PromptCompiler.Create(layout, Tokenizer, 2048, "tokenizer.json", new ModelFolderReport("."))!;
        ICompiledRoutes routes = new LayoutPrompts(compiler, layout, Tokenizer).Compile(Policies);
        return (routes, routes.Prompt(Requests.Of("hello").Conversation));
    }
}
