using System.Text.Json;
using CsCheck;

namespace ArchRouter.Onnx.Tests;

public sealed class PromptTextTests
{
    // Lone surrogates do not survive as test arguments.
    [Fact]
    public void AppendJson_WritesAsPythonDoes() => Assert.All(
        ((string Text, string Expected)[])[
            ("é", "\\u00e9"),
            ("\u2028", "\\u2028"),
            ("😀", "\\ud83d\\ude00"),
            ("\ud83d", "\\ud83d"),
            ("\ude00x", "\\ude00x"),
            ("\u007f", "\\u007f"),
            ("\0\u001f", "\\u0000\\u001f"),
            ("\b\f\n\r\t", "\\b\\f\\n\\r\\t"),
            ("a/b'<>&+~", "a/b'<>&+~"),
            ("\"\\", "\\\"\\\\")],
        pair => Assert.Equal(pair.Expected, Escape(pair.Text, JsonEscapes.NonAscii)));

    [Theory]
    [InlineData("é 😀 \u2028 \u007f", "é 😀 \u2028 \u007f")]
    [InlineData("\u0007", "\\u0007")]
    [InlineData("</a> < /a </", "</a> < /a </")]
    public void AppendJson_WritesAsTheGatewayDoes(string text, string expected) => Assert.Equal(expected, Escape(text, JsonEscapes.None));

    [Theory]
    [InlineData("</a><</b", "<\\/a><<\\/b")]
    [InlineData("<|x|> <||", "<\\u007cx|> <\\u007c|")]
    [InlineData("a<", "a<")]
    public void AppendJson_KeepsBlocksClosed(string text, string expected) =>
        Assert.Equal(expected, Escape(text, JsonEscapes.ClosingTags | JsonEscapes.ControlTokens));

    [Theory]
    [InlineData("\n\u0301x", "\\n\\u0301x")]
    [InlineData("\n\u0301\u0327", "\\n\\u0301\\u0327")]
    [InlineData("\nn\u0301", "\\nn\u0301")]
    public void AppendJson_KeepsMarksOffItsEscapes(string text, string expected)
    {
        string escaped = Escape(text, JsonEscapes.MarksBehindEscapes);

        Assert.Equal(expected, escaped);
        Assert.Equal(text.Normalize(), JsonSerializer.Deserialize<string>($"\"{escaped.Normalize()}\"")!.Normalize());
    }

    [Fact]
    public void AppendJson_KeepsTheValue() => Gen.Select(Gen.String, Gen.Int[0, 15]).Sample((text, escapes) =>
    {
        string whole = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal(whole, JsonSerializer.Deserialize<string>($"\"{Escape(whole, (JsonEscapes)escapes)}\""));
    });

    private static string Escape(string text, JsonEscapes escapes) => new PromptText().AppendJson(text, escapes).ToString();
}
