using System.Globalization;

namespace ArchRouter.Onnx;

/// <summary>Writes the inside of one JSON string.</summary>
internal ref struct JsonInside(PromptText destination, JsonEscapes escapes)
{
    private readonly PromptText _destination = destination;
    private bool _behindEscape;

    public void Write(ReadOnlySpan<char> text)
    {
        int plain = 0;
        for (int i = 0; i < text.Length; i++)
        {
            string? tag = Tag(text[i], i + 1 < text.Length ? text[i + 1] : '\0');
            string? escape = tag ?? Escape(text[i]);
            _behindEscape = escape is not null;
            if (escape is not null)
            {
                _destination.Append(text[plain..i]).Append(escape);
                i += tag is null ? 0 : 1;
                plain = i + 1;
            }
        }

        _destination.Append(text[plain..]);
    }

    private readonly string? Tag(char c, char next) => (c, next) switch
    {
        ('<', '/') when escapes.HasFlag(JsonEscapes.ClosingTags) => "<\\/",
        ('<', '|') when escapes.HasFlag(JsonEscapes.ControlTokens) => "<\\u007c",
        _ => null,
    };

    private readonly string? Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        < ' ' => Number(c),
        <= '~' => null,
        _ when escapes.HasFlag(JsonEscapes.NonAscii) => Number(c),
        _ when _behindEscape && escapes.HasFlag(JsonEscapes.MarksBehindEscapes) && CanonicalData.Instance.IsUnsettled(c) => Number(c),
        _ => null,
    };

    private static string Number(char c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
}
