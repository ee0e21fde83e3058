using System.Globalization;
using System.Text;

namespace ArchRouter;

/// <summary>
/// Writes JSON as Python's <c>json.dumps</c> does, which is what Arch-Router was trained on: a space after each comma and colon, and
/// everything outside printable ASCII escaped in lower case.
/// </summary>
internal static class PythonJson
{
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

    private static void AppendString(StringBuilder json, string text)
    {
        json.Append('"');
        char before = '\0';
        foreach (char c in text)
        {
            // Python leaves these alone, but nothing that a user writes may close a block of the prompt or read as a special token.
            string? escape = (before, c) switch
            {
                ('<', '/') => "\\/",
                ('<', '|') => "\\u007c",
                (_, '"') => "\\\"",
                (_, '\\') => "\\\\",
                (_, '\n') => "\\n",
                (_, '\r') => "\\r",
                (_, '\t') => "\\t",
                (_, '\b') => "\\b",
                (_, '\f') => "\\f",
                (_, < ' ' or > '~') => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => null,
            };
            before = c;
            if (escape is null)
            {
                json.Append(c);
            }
            else
            {
                json.Append(escape);
            }
        }

        json.Append('"');
    }
}
