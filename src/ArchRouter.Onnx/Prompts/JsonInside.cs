using System.Globalization;

namespace ArchRouter.Onnx;

/// <summary>Writes the inside of one JSON string.</summary>
internal ref struct JsonInside(PromptText destination, JsonEscapes escapes)
{
    private readonly PromptText _destination = destination;
    private bool _behindEscape;

    public void Write(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (Tag(text[i], next) is { } tag)
            {
                _destination.Append(tag);
                _behindEscape = true;
                i++;
            }
            else if (Escape(text[i]) is { } escape)
            {
                _destination.Append(escape);
                _behindEscape = true;
            }
            else
            {
                _destination.Append([text[i]]);
                _behindEscape = false;
            }
        }
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
