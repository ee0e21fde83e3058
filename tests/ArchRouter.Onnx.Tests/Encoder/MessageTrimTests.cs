namespace ArchRouter.Onnx.Tests;

public sealed class MessageTrimTests
{
    [Theory]
    [InlineData(" \t\r\n\v\fa b\u001c\u001d\u001e\u001f\u0085\u00a0", "a b")]
    [InlineData("\u2028\u3000a\u200b", "a\u200b")]
    [InlineData(" \u001c ", "")]
    [InlineData("", "")]
    public void Strip_FollowsPython(string text, string expected) => Assert.Equal(expected, MessageTrim.Strip(text).ToString());

    [Theory]
    [InlineData("0123456789", 10, "0123456789")]
    [InlineData("0123456789A", 10, "012345 … 789A")]
    [InlineData("🙂1🙂3🙂5🙂7🙂9", 10, "🙂1🙂3🙂5🙂7🙂9")]
    [InlineData("🙂1🙂3🙂5🙂7🙂9🙂", 10, "🙂1🙂3🙂5 … 7🙂9🙂")]
    public void AppendMiddleTrimmed_CountsCodePoints(string text, int limit, string expected) => Trims(text, limit, expected);

    // Lone surrogates do not survive as test arguments.
    [Fact]
    public void AppendMiddleTrimmed_CountsLoneSurrogatesAsOne() =>
        Trims("\ud83d\ud83d\ude42\ude42bcdef\ud83dh", 5, "\ud83d\ud83d\ude42\ude42 … \ud83dh");

    private static void Trims(string text, int limit, string expected)
    {
        var buffer = new TextBuffer(1);
        MessageTrim.AppendMiddleTrimmed(ref buffer, text, limit);

        Assert.Equal(expected, buffer.Text.ToString());
        buffer.Dispose();
    }
}
