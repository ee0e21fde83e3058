using System.Text;
using System.Text.RegularExpressions;

namespace ArchRouter.Onnx;

/// <summary>Finds the system message that a ChatML template adds to conversations that have none. Reads no Jinja, only what such templates look like.</summary>
internal static partial class DefaultSystemMessage
{
    private const string Start = "<|im_start|>system";
    private const string End = "<|im_end|>";

    /// <summary>Finds the message.</summary>
    /// <param name="template">The template.</param>
    /// <param name="system">The message, or <see langword="null"/> if the template adds none.</param>
    /// <returns>Whether that could be told.</returns>
    public static bool TryFind(string template, out string? system)
    {
        // As Jinja reads its files.
        template = template.Replace("\r\n", "\n", StringComparison.Ordinal);
        List<string> written = [];
        bool unreadable = MadeMessage().IsMatch(template);
        bool alternative = false;
        for (int start = template.IndexOf(Start, StringComparison.Ordinal); start >= 0; start = template.IndexOf(Start, start + 1, StringComparison.Ordinal))
        {
            int from = start + Start.Length;
            int end = template.IndexOf(End, from, StringComparison.Ordinal);
            string body = template[from..(end < 0 ? template.Length : end)];
            string? text = !IsInExpression(template.AsSpan(0, start)) ? Plain(body)
                : template[start - 1] is '\'' or '"' ? Quoted(body, template[start - 1])
                : null;
            if (text is not null)
            {
                written.Add(text);
            }
            else
            {
                // Only the conversation's own system message may stand here. Another in its stead is likely the one that is written out elsewhere.
                unreadable |= !OwnMessage().IsMatch(body);
                alternative |= Alternative().IsMatch(body);
            }
        }

        system = written.Count > 0 ? written[0] : null;
        return !unreadable && (written.Count == 0 ? !alternative : written.TrueForAll(text => text == written[0]));
    }

    private static bool IsInExpression(ReadOnlySpan<char> before) =>
        Math.Max(before.LastIndexOf("{{"), before.LastIndexOf("{%")) > Math.Max(before.LastIndexOf("}}"), before.LastIndexOf("%}"));

    /// <summary>What stands between two marks in the text of a template, or <see langword="null"/> if there is an expression in it.</summary>
    private static string? Plain(string body) => body.StartsWith('\n') && !Expression().IsMatch(body) ? body[1..] : null;

    /// <summary>What stands between two marks in a string of an expression, or <see langword="null"/> if the string ends before the second.</summary>
    private static string? Quoted(string body, char quote)
    {
        var text = new StringBuilder(body.Length);
        for (int i = 0; i < body.Length; i++)
        {
            if (body[i] == quote)
            {
                return null;
            }

            char c = body[i];
            if (c == '\\')
            {
                c = ++i < body.Length ? Unescaped(body[i]) : default;
            }

            if (c == default)
            {
                return null;
            }

            text.Append(c);
        }

        return text.Length > 0 && text[0] == '\n' ? text.ToString(1, text.Length - 1) : null;
    }

    private static char Unescaped(char c) => c switch
    {
        'n' => '\n',
        't' => '\t',
        '\'' or '"' or '\\' => c,
        _ => default,
    };

    [GeneratedRegex(@"\{[{%#]")]
    private static partial Regex Expression();

    [GeneratedRegex(@"\bmessages?\b")]
    private static partial Regex OwnMessage();

    [GeneratedRegex(@"\belse\b|\bdefault\s*\(")]
    private static partial Regex Alternative();

    [GeneratedRegex("""['"]role['"]\s*:\s*['"]system['"]""")]
    private static partial Regex MadeMessage();
}
