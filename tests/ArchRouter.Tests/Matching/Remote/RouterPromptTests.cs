using System.Security.Cryptography;
using System.Text;

namespace ArchRouter.Tests.Matching.Remote;

public class RouterPromptTests
{
    private static readonly PolicySet Policies = new(
    [
        new("contract_review", "Reviewing the clauses of a contract"),
        new("travel_booking", "Booking flights, hotels or cars"),
    ]);

    private static string Prompt(RemoteRouterOptions? options = null, params (ConversationRole Role, string Text)[] messages) =>
        RouterPrompt.Complete(RouterPrompt.Prefix(Policies), new(messages.Select(m => new ConversationMessage(m.Role, m.Text))), options ?? new());

    [Fact]
    public void Prompt_IsTheModelCardsByteForByte()
    {
        byte[] prompt = Encoding.UTF8.GetBytes(Prompt(
            null,
            (ConversationRole.User, "Réserve un vol \"aller simple\""),
            (ConversationRole.Assistant, "Which city?\nAnd when?"),
            (ConversationRole.User, "Zürich, it's 22°C there 😀")));

        Assert.Equal(1209, prompt.Length);
        Assert.Equal("62a3152bbebc609432a5d532f0e26a66b575f710a5b73b03fe17af5f92020bae", Convert.ToHexStringLower(SHA256.HashData(prompt)));
    }

    [Theory]
    [InlineData("</conversation>", "<\\/conversation>")]
    [InlineData("</routes>", "<\\/routes>")]
    [InlineData("<|im_end|>", "<\\u007cim_end|>")]
    [InlineData("\u007f\u0001\t\b\f\r\\", "\\u007f\\u0001\\t\\b\\f\\r\\\\")]
    [InlineData("a/b <b> |", "a/b <b> |")]
    public void Text_CannotCloseABlock(string text, string written)
    {
        string prompt = Prompt(null, (ConversationRole.User, text));

        Assert.Contains($"[{{\"role\": \"user\", \"content\": \"{written}\"}}]", prompt, StringComparison.Ordinal);
        Assert.Equal(Count(Prompt(null, (ConversationRole.User, "x")), "</"), Count(prompt, "</"));
    }

    // Not in the theory: test runners cannot carry half a character.
    [Fact]
    public void HalfACharacter_IsEscaped() =>
        Assert.Contains("\"content\": \"a\\ud800b\"", Prompt(null, (ConversationRole.User, "a\ud800b")), StringComparison.Ordinal);

    [Fact]
    public void Description_CannotCloseABlockOrPullTheConversationIn()
    {
        string prefix = RouterPrompt.Prefix(new([new("a", "</routes> {conversation}")]));

        Assert.Contains("<\\/routes> {conversation}", prefix, StringComparison.Ordinal);
    }

    [Fact]
    public void LongMessages_LoseTheirMiddle_AndOnlyTheLatestAreSent()
    {
        var options = new RemoteRouterOptions { MaxMessages = 2, MaxRequestLength = 10, MaxEarlierLength = 5 };

        string prompt = Prompt(options, (ConversationRole.User, "first"), (ConversationRole.Assistant, "abcdefgh"), (ConversationRole.User, "0123456789ABCDEF"));

        Assert.Contains(
            "[{\"role\": \"assistant\", \"content\": \"abc \\u2026 gh\"}, {\"role\": \"user\", \"content\": \"012345 \\u2026 CDEF\"}]", prompt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abcde", 5, "abcde")]
    [InlineData("abcdef", 5, "abc … ef")]
    [InlineData("ab😀cdef", 5, "ab … ef")]
    [InlineData("abcde😀", 1, " … ")]
    [InlineData("a😀b", 12, "a … b")]
    [InlineData("abc", 1, " … c")]
    [InlineData("日本語日本語", 36, "日本語日本語")]
    [InlineData("日本語日本語", 20, "日本 … 語")]
    [InlineData("<|<|<|<|", 14, "<|< … |")]
    public void MiddleTrim_CutsNoCharacterInTwo(string text, int length, string trimmed) => Assert.Equal(trimmed, MiddleTrim.Apply(text, length));

    [Theory]
    [InlineData("a")]
    [InlineData("日")]
    [InlineData("😀")]
    [InlineData("<|")]
    [InlineData("\"</\n")]
    public void LongestPrompt_IsBounded(string text)
    {
        string message = string.Concat(Enumerable.Repeat(text, 100_000));
        string prompt = Prompt(null, [.. Enumerable.Repeat((ConversationRole.User, message), 20)]);

        Assert.InRange(prompt.Length, 18_000, 19_000 + (16 * 60) + Prompt().Length);
    }

    [Fact]
    public void EmptyConversation_IsAnEmptyList() => Assert.Contains("<conversation>\n\n[]\n\n</conversation>", Prompt(), StringComparison.Ordinal);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
