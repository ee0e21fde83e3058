using System.Security.Cryptography;
using System.Text;

namespace ArchRouter.Onnx.Tests;

public sealed class PromptGoldenTests
{
    private static readonly PolicySet TwoPolicies = new([
        new("contract_review", "Reviewing the clauses of a contract"),
        new("travel_booking", "Booking flights, hotels or cars")]);

    private static readonly ConversationWindow ThreeMessages = new([
        new(ConversationRole.User, "Réserve un vol \"aller simple\""),
        new(ConversationRole.Assistant, "Which city?\nAnd when?"),
        new(ConversationRole.User, "Zürich, it's 22°C there 😀")]);

    [Theory]
    [InlineData("arch-router-card", "\n\n", 862, "6e4a1f1d7e91bad8e5b7dbef7df8f88ca1eee1660230c39ec003497672d7a293")]
    [InlineData("arch-gateway", "\n", 856, "8004153a5e58066139d261d56392543ef29c63487ad4872aaba4d29929890dde")]
    [InlineData("arch-orchestrator", "\n", 846, "394e1dab0c2609822f9efbacf9a1faba18b63d645d547e7686adb00e51028882")]
    public void Templates_AreThePublishedOnesToTheByte(string id, string gap, int bytes, string hash)
    {
        PromptLayout layout = Prompts.Raw(id);

        AssertBytes(bytes, hash, $"{layout.Head}{{routes}}{layout.Middle}{{conversation}}{gap}{layout.Instructions}");
    }

    [Theory]
    [InlineData("arch-router-card", 1209, "62a3152bbebc609432a5d532f0e26a66b575f710a5b73b03fe17af5f92020bae")]
    [InlineData("arch-gateway", 1165, "4303bd6686368a9eedf3727859e07ae39bcf15e26a53c73c4efa5680d5eacce8")]
    [InlineData("arch-orchestrator", 1386, "9c6ebb46f03caf003f2c41c1455ae44fdcffe9a2b199c0053d37c8f0594c7b05")]
    public void Prompt_EqualsTheWorkedExample(string id, int bytes, string hash)
    {
        PromptLayout layout = Prompts.Raw(id);
        string prompt = Prompts.Text(layout, TwoPolicies, ThreeMessages);
        int start = prompt.IndexOf(layout.Head, StringComparison.Ordinal);

        AssertBytes(bytes, hash, prompt[start..prompt.LastIndexOf("<|im_end|>", StringComparison.Ordinal)]);
        Assert.Equal(prompt, Prompts.Text(Prompts.Default(id), TwoPolicies, ThreeMessages));
    }

    [Theory]
    [InlineData("arch-router-card")]
    [InlineData("arch-gateway")]
    public void Prompt_EqualsTheProtocol(string id)
    {
        PromptLayout layout = Prompts.Raw(id);
        PromptFixture fixture = PromptFixture.Of(id);

        Assert.Equal(6, fixture.Cases.Length);
        Assert.All(fixture.Cases, @case =>
        {
            string prompt = Prompts.Text(layout, @case.Policies, @case.Conversation);
            Assert.Equal(@case.Prompt + layout.Answer.Start, prompt);
            Assert.Contains($"<|im_start|>user\n{@case.UserMessage}<|im_end|>", prompt, StringComparison.Ordinal);
            Assert.Equal(@case.QwenTokens, Tokenizers.Qwen.Encode(@case.Prompt, allowSpecial: true).Length);
        });
    }

    [Theory]
    [InlineData("arch-router-card")]
    [InlineData("arch-gateway")]
    public void Prompt_EscapesClosingTagsAndNothingElse(string id)
    {
        PromptLayout layout = Prompts.Default(id);

        Assert.All(PromptFixture.Of(id).Cases, @case =>
        {
            string raw = @case.Prompt + layout.Answer.Start;
            string start = $"{layout.Frame.System}<|im_end|>\n<|im_start|>user\n{layout.Head}";
            string escaped = Prompts.Text(layout, @case.Policies, @case.Conversation);
            Assert.Equal(raw, escaped.Replace("<\\/", "</", StringComparison.Ordinal));
            Assert.Contains(start, escaped, StringComparison.Ordinal);
            Assert.Equal(@case.Routes.Sum(route => Closings(route.Description)) + @case.Messages.Sum(message => Closings(message.Content)), escaped.Split("<\\/").Length - 1);
        });
    }

    [Fact]
    public void Compact_EqualsItsFixture()
    {
        PromptFixture fixture = PromptFixture.Of("compact");

        Assert.Equal(6, fixture.Cases.Length);
        Assert.All(fixture.Cases, @case =>
        {
            Assert.Equal(@case.Prefix, PromptLayouts.Compact.Prefix(@case.Policies).ToString());
            Assert.Equal(@case.Prompt, Prompts.Text(PromptLayouts.Compact, @case.Policies, @case.Conversation));
            // The prompt itself is tokenized in two parts.
            PromptTokens compiled = Prompts.Compiler(PromptLayouts.Compact, Tokenizers.Qwen).Compile(@case.Policies);
            Assert.Equal(Tokenizers.Qwen.Encode(@case.Prefix, allowSpecial: true), compiled.Prefix);
            Assert.Equal(Tokenizers.Qwen.Encode(@case.Prompt.AsSpan(@case.Prefix!.Length), allowSpecial: true), compiled.Encode(@case.Conversation));
        });
    }

    [Theory]
    [MemberData(nameof(Prompts.LayoutsAndTokenizers), MemberType = typeof(Prompts))]
    public void Parts_HaveTheTokensOfTheWhole(string id, string tokenizer)
    {
        PromptLayout layout = Prompts.Default(id);
        BpeTokenizer bpe = Tokenizers.Named(tokenizer);

        Assert.All(PromptFixture.Of("arch-router-card").Cases, @case =>
        {
            PromptTokens compiled = Prompts.Compiler(layout, bpe).Compile(@case.Policies);
            Assert.Equal(Prompts.TokensOfWhole(bpe, Prompts.Text(layout, @case.Policies, @case.Conversation)), Prompts.Tokens(compiled, @case.Conversation));
        });
    }

    private static int Closings(string text) => text.Split("</").Length - 1;

    private static void AssertBytes(int count, string hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(count, bytes.Length);
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
