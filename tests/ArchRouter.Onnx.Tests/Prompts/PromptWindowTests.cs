using CsCheck;

namespace ArchRouter.Onnx.Tests;

public sealed class PromptWindowTests
{
    private static readonly PolicySet Policies = new([new("code", "Writing code"), new("travel", "Booking flights")]);

    [Theory]
    [MemberData(nameof(Prompts.LayoutsAndTokenizers), MemberType = typeof(Prompts))]
    public void Prompt_NeverExceedsTheContext(string id, string tokenizer)
    {
        PromptLayout layout = Prompts.Default(id);
        BpeTokenizer bpe = Tokenizers.Named(tokenizer);
        int smallest = Smallest(layout, bpe);
        Gen<ConversationMessage> message = Gen.Select(Gen.Bool, Gen.OneOf("a", "word ", "日", "😀", "\n", "\u0001", "</", "\ud83d"), Gen.Int[1, 3000])
            .Select((user, part, count) => new ConversationMessage(user ? ConversationRole.User : ConversationRole.Assistant, $"[{string.Concat(Enumerable.Repeat(part, count))}]"));

        Gen.Select(message.Array[0, 20], Gen.Int[0, 600]).Sample(
            (messages, more) =>
            {
                PromptTokens compiled = Prompts.Compiler(layout, bpe, smallest + more).Compile(Policies);
                int[] tokens = Prompts.Tokens(compiled, new(messages));
                Assert.InRange(tokens.Length + compiled.LongestAnswer, 1, smallest + more);
                Assert.True(compiled.MostTokens <= smallest + more);
                if (messages.Length > 0)
                {
                    List<(string Role, string Text)> read = Read(layout, bpe, tokens);
                    Assert.Equal(messages[^1].Role == ConversationRole.User ? "user" : "assistant", read[^1].Role);
                    Assert.True(read[^1].Text.StartsWith('[') || read[^1].Text.StartsWith(' '));
                    Assert.InRange(read.Count, 1, layout.Limits.Messages);
                }
            },
            iter: 40);
    }

    [Fact]
    public void Encode_DropsTheOldestMessagesFirst()
    {
        PromptLayout layout = Prompts.Default("arch-router-card");
        ConversationMessage[] messages = [.. Enumerable.Range(0, 16).Select(i => new ConversationMessage(ConversationRole.User, $"message {i} {string.Concat(Enumerable.Repeat("word ", 20))}"))];
        int all = Prompts.Tokens(Prompts.Compiler(layout, Tokenizers.Qwen).Compile(Policies), new(messages)).Length;

        for (int less = 100; less < 500; less += 100)
        {
            PromptTokens compiled = Prompts.Compiler(layout, Tokenizers.Qwen, all - less).Compile(Policies);
            List<(string, string Text)> read = Read(layout, Tokenizers.Qwen, Prompts.Tokens(compiled, new(messages)));

            Assert.InRange(read.Count, 1, 15);
            Assert.Equal(messages[^read.Count..].Select(message => message.Text), read.Select(message => message.Text));
            // One more would have been too many.
            Assert.True(Prompts.TokensOfWhole(Tokenizers.Qwen, Prompts.Text(layout, Policies, new(messages[^(read.Count + 1)..]))).Length + compiled.LongestAnswer > all - less);
        }
    }

    [Fact]
    public void Encode_CutsTheLatestMessageInItsMiddle()
    {
        PromptLayout layout = PromptLayouts.Compact;
        int smallest = Smallest(layout, Tokenizers.Qwen);
        string request = $"Begin {string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i} "))} end";
        PromptTokens compiled = Prompts.Compiler(layout, Tokenizers.Qwen, smallest + 100).Compile(Policies);

        (string role, string text) = Assert.Single(Read(layout, Tokenizers.Qwen, Prompts.Tokens(compiled, new([new(ConversationRole.User, "before"), new(ConversationRole.User, request)]))));

        Assert.Equal("user", role);
        Assert.StartsWith("Begin 0 1 2", text, StringComparison.Ordinal);
        Assert.EndsWith("998 999  end", text, StringComparison.Ordinal);
        Assert.Contains(" … ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_TrimsByCodePointsAndCountsOnlyMessagesWithText()
    {
        ConversationWindow window = new([
            new(ConversationRole.User, "0"),
            new(ConversationRole.Assistant, string.Concat(Enumerable.Repeat("😀", 500))),
            .. Enumerable.Range(1, 4).SelectMany(i => (ConversationMessage[])[new(ConversationRole.User, $"{i}"), new(ConversationRole.Assistant, " \n")]),
            new(ConversationRole.User, new string('x', 1700))]);
        PromptTokens compiled = Prompts.Compiler(PromptLayouts.Compact, Tokenizers.Qwen).Compile(Policies);

        List<(string, string Text)> read = Read(PromptLayouts.Compact, Tokenizers.Qwen, Prompts.Tokens(compiled, window));

        Assert.Equal(
            [$"{string.Concat(Enumerable.Repeat("😀", 240))} … {string.Concat(Enumerable.Repeat("😀", 160))}", "1", "2", "3", "4", $"{new string('x', 960)} … {new string('x', 640)}"],
            read.Select(message => message.Text));
    }

    [Fact]
    public void Encode_KeepsTheTokensOfConversationsBelowTheLayoutsOwnLimit()
    {
        PromptTokens compiled = Prompts.Compiler(Prompts.Default("arch-gateway"), Tokenizers.Qwen, 32_768).Compile(Policies);

        Assert.Equal(2048, compiled.ConversationBudget);
        Assert.InRange(compiled.Encode(new([new(ConversationRole.User, string.Concat(Enumerable.Repeat("\u0001", 1 << 20)))])).Length, 1000, 2048 + 300);
    }

    [Fact]
    public void Compile_SaysThatPoliciesDoNotFit()
    {
        PromptLayout layout = Prompts.Default("arch-router-card");
        PolicySet many = new(Enumerable.Range(0, 200).Select(i => new RoutePolicy($"policy_{i}", "Some requests of one kind or another")));

        RouteTableException error = Assert.Throws<RouteTableException>(() => Prompts.Compiler(layout, Tokenizers.Qwen, 2048).Compile(many));

        Assert.Contains("200 routes", error.Message, StringComparison.Ordinal);
        Assert.Contains("2048", error.Message, StringComparison.Ordinal);
        Assert.Contains("longer context", Assert.Single(error.Problems).Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arch-gateway", true)]
    [InlineData("compact", true)]
    // ASCII escapes keep the two apart.
    [InlineData("arch-router-card", false)]
    public void Compile_RefusesNamesThatTheModelReadsAlike(string id, bool refused)
    {
        PolicySet alike = new([new("caf\u00e9", "One"), new("cafe\u0301", "Two")]);
        PromptCompiler compiler = Prompts.Compiler(Prompts.Default(id), Tokenizers.Qwen);

        if (refused)
        {
            Assert.Contains("another name", Assert.Throws<RouteTableException>(() => compiler.Compile(alike)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(3, compiler.Compile(alike).Answers.Count);
        }
    }

    [Fact]
    public void Compile_GivesTheAnswersInTheOrderOfThePolicies()
    {
        PolicySet policies = new([new("say \"hi\"", "x"), new("customer's", "y"), new("旅行", "z")]);

        Assert.Equal(
            ["say \\\"hi\\\"\"}", "customer's\"}", "\\u65c5\\u884c\"}", "other\"}"],
            Prompts.Compiler(Prompts.Default("arch-router-card"), Tokenizers.Qwen).Compile(policies).Answers.Select(answer => Tokenizers.Qwen.Decode(answer)));
        Assert.Equal(
            [" [\"say \\\"hi\\\"\"]}", " [\"customer's\"]}", " [\"旅行\"]}", " []}"],
            Prompts.Compiler(Prompts.Default("arch-orchestrator"), Tokenizers.Qwen).Compile(policies).Answers.Select(answer => Tokenizers.Qwen.Decode(answer)));
    }

    [Theory]
    [MemberData(nameof(Prompts.LayoutsAndTokenizers), MemberType = typeof(Prompts))]
    public void Answers_HaveTheTokensThatTheModelWrites(string id, string tokenizer)
    {
        PromptLayout layout = Prompts.Default(id);
        BpeTokenizer bpe = Tokenizers.Named(tokenizer);
        PromptTokens compiled = Prompts.Compiler(layout, bpe).Compile(Policies);
        string[] answers = [.. Policies.Select(policy => layout.AnswerFor(policy.Name)), layout.AnswerFor(null)];

        Assert.All(answers.Zip(compiled.Answers), answer =>
            Assert.Equal(bpe.Encode(layout.Answer.Start + answer.First), bpe.Encode(layout.Answer.Start).Concat(answer.Second)));
    }

    [Fact]
    public void Create_RefusesATokenizerWithoutTheControlTokens()
    {
        byte[] other = System.Text.Encoding.UTF8.GetBytes(File.ReadAllText(FixtureFile.PathOf("genai", "tiny-llama-int4", "tokenizer.json"))
            .Replace("<|im_start|>", "<|begin_of_text|>", StringComparison.Ordinal));
        var report = new ModelFolderReport("folder");
        BpeTokenizer tokenizer = BpeFile.Read(other, "tokenizer.json", report)!;
        report.ThrowIfAny();

        Assert.Null(PromptCompiler.Create(PromptLayouts.Compact, tokenizer, 2048, "tokenizer.json", report));
        Assert.Contains("<|im_start|>", Assert.Throws<ModelFolderException>(report.ThrowIfAny).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{'<|im_start|>' + message['role'] }}", null, true)]
    [InlineData("<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>", "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.", true)]
    [InlineData("[INST] {{ message }} [/INST]", null, false)]
    public void ChatFrame_IsReadFromTheModelsTemplate(string template, string? system, bool known)
    {
        ChatFrame? frame = ChatFrame.FromTemplate(template, out _);

        Assert.Equal(known, frame is not null);
        Assert.Equal(system, frame?.System);
    }

    [Fact]
    public void Find_KnowsEveryLayoutAndNoOther()
    {
        Assert.All(PromptLayouts.Ids, id => Assert.Equal(id, PromptLayouts.Find(id, ChatFrame.Plain)?.Id));
        Assert.Null(PromptLayouts.Find("Compact", ChatFrame.Plain));
    }

    private static int Smallest(PromptLayout layout, BpeTokenizer bpe)
    {
        int size = 1;
        while (size < 4096)
        {
            try
            {
                Prompts.Compiler(layout, bpe, size).Compile(Policies);
                return size;
            }
            catch (RouteTableException)
            {
                size++;
            }
        }

        return size;
    }

    private static List<(string Role, string Text)> Read(PromptLayout layout, BpeTokenizer bpe, int[] tokens)
    {
        string prompt = bpe.Decode(tokens);
        int start = prompt.IndexOf(layout.Head, StringComparison.Ordinal);
        return new PromptReader(layout, prompt[start..prompt.LastIndexOf("<|im_end|>", StringComparison.Ordinal)]).Messages();
    }
}
