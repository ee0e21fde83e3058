using CsCheck;

namespace ArchRouter.Onnx.Tests;

public sealed class EncoderPropertyTests
{
    private static readonly string[] Parts =
    [
        "a", " ", "\n", "\0", "\u001c", "\ud83d", "\ude42", "🙂", "é", "e\u0301", "한국어", "日本語", "[SEP]", "</routes>", "\u200b", "\ufffd", "\u2028", "word ", "…",
    ];

    private static readonly Gen<string> AnyPart = Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]);

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String,
        AnyPart.Array[0, 60].Select(string.Concat),
        Gen.Select(AnyPart, Gen.Int[1, 400], (part, times) => string.Concat(Enumerable.Repeat(part, times))));

    private static readonly Gen<ConversationMessage> Message = Gen.Select(Gen.Bool, AnyText, (user, text) =>
        new ConversationMessage(user ? ConversationRole.User : ConversationRole.Assistant, text));

    [Fact]
    public void ScoreAsync_GivesADistributionForAnyText() => Message.Array[0, 8].Sample(
        messages => IsDistribution(new ConversationWindow(messages)), iter: 400, threads: 2);

    [Theory]
    [InlineData("x")]
    [InlineData("word ")]
    [InlineData("🙂")]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("é")]
    public void ScoreAsync_ReadsAMegabyteFromItsEnds(string? part)
    {
        // A lone surrogate does not survive as a test argument.
        part ??= "\ud83d";
        string text = string.Concat(Enumerable.Repeat(part, (1 << 20) / part.Length));
        var conversation = new ConversationWindow([.. Enumerable.Repeat(new ConversationMessage(ConversationRole.User, text), 5)]);
        Assert.True(IsDistribution(conversation));

        int length = 0;
        long allocated = Allocations.Of(() =>
        {
            var buffer = new TextBuffer(16_384);
            ConversationText.Write(conversation, Bundled.Limits, ref buffer);
            length = buffer.Text.Length;
            buffer.Dispose();
        });

        Assert.InRange(length, 0, 8_192);
        Assert.InRange(allocated, 0, 1_024);
    }

    private static bool IsDistribution(ConversationWindow conversation)
    {
        PolicyScores scores = Bundled.Engine.ScoreAsync(new RouterRequest(GoldenFile.Instance.Cases[0].PolicySet, conversation)).AsTask().GetAwaiter().GetResult();
        return scores.Probabilities.Append(scores.Other).All(p => p is >= 0 and <= 1) && Math.Abs(scores.Probabilities.Sum() + scores.Other - 1) < 1e-9;
    }
}
