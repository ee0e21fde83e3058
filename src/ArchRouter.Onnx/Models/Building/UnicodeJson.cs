using System.Text.Json;
using System.Text.Unicode;

namespace ArchRouter.Onnx;

/// <summary>
/// Reads JSON whose texts are all Unicode. The parser itself looks at a text only when it is asked for, and then half a surrogate pair is an error of another kind in the
/// midst of reading.
/// </summary>
internal static class UnicodeJson
{
    /// <exception cref="JsonException">The bytes are not JSON, or a text in them is not Unicode.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8.Span);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && !IsUnicode(ref reader))
            {
                throw new JsonException($"The text at byte {reader.TokenStartIndex} is not Unicode.");
            }
        }

        return JsonDocument.Parse(utf8);
    }

    private static bool IsUnicode(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Utf8.IsValid(reader.ValueSpan);
        }

        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
