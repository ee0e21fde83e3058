using System.Globalization;
using System.Text;

namespace ArchRouter;

/// <summary>
/// Writes JSON as Python's <c>json.dumps</c> does, which is what Arch-Router was trained on: a space after each comma and colon, and
/// everything outside printable ASCII escaped in lower case.
/// </summary>
internal static class PythonJson
{
    private const int LongEscapeLength = 6;

    /// <summary>Appends <c>[{"key": "value", "key": "value"}, ...]</c>.</summary>
    public static void AppendPairs(StringBuilder json, string firstKey, string secondKey, IEnumerable<(string First, string Second)> items)
    {
        json.Append('[');
        string separator = "";
        foreach ((string first, string second) in items)
        {
            json.Append(separator).Append('{');
            AppendString(json, firstKey);
            json.Append(": ");
            AppendString(json, first);
            json.Append(", ");
            AppendString(json, secondKey);
            json.Append(": ");
            AppendString(json, second);
            json.Append('}');
            separator = ", ";
        }

        json.Append(']');
    }

    /// <summary>How many characters the one at a position becomes.</summary>
    public static int LengthAt(string text, int index) =>
        ShortEscape(index > 0 ? text[index - 1] : '\0', text[index])?.Length ?? (IsPlain(text[index]) ? 1 : LongEscapeLength);

    private static void AppendString(StringBuilder json, string text)
    {
        json.Append('"');
        char before = '\0';
        foreach (char c in text)
        {
            if (ShortEscape(before, c) is { } escape)
            {
                json.Append(escape);
            }
            else if (IsPlain(c))
            {
                json.Append(c);
            }
            else
            {
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }

            before = c;
        }

        json.Append('"');
    }

    private static bool IsPlain(char c) => c is >= ' ' and <= '~';

    private static string? ShortEscape(char before, char c) => (before, c) switch
    {
        // Python leaves these two alone, but nothing that a user writes may close a block of the prompt or read as a special token.
        ('<', '/') => "\\/",
        ('<', '|') => "\\u007c",
        (_, '"') => "\\\"",
        (_, '\\') => "\\\\",
        (_, '\n') => "\\n",
        (_, '\r') => "\\r",
        (_, '\t') => "\\t",
        (_, '\b') => "\\b",
        (_, '\f') => "\\f",
        _ => null,
    };
}
