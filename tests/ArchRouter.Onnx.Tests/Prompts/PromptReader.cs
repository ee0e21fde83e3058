using System.Globalization;
using System.Text;

namespace ArchRouter.Onnx.Tests;

/// <summary>Reads a prompt back with no knowledge of what went in, the way a strict reader of the layout would.</summary>
internal sealed class PromptReader(PromptLayout layout, string userMessage)
{
    /// <summary>The policies, as written between the first opening and the first closing of their block.</summary>
    public List<(string, string)> Policies() => Read(layout.Routes, Between(layout.Head, layout.Middle), closed: layout.Routes.End);

    public List<(string, string)> Messages()
    {
        int start = userMessage.IndexOf(layout.Middle, StringComparison.Ordinal) + layout.Middle.Length;
        int end = layout.Instructions.Length == 0 ? userMessage.Length : userMessage.IndexOf("</conversation>", start, StringComparison.Ordinal);
        Assert.Equal(layout.Instructions, userMessage[end..]);
        return Read(layout.Conversation, userMessage[start..end], closed: layout.Conversation.End);
    }

    public static string Unescape(string text)
    {
        StringBuilder result = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                Assert.False(text[i] is '"' or < ' ', "A character that must be escaped is not.");
                result.Append(text[i]);
                continue;
            }

            char kind = text[++i];
            if (kind == 'u')
            {
                result.Append((char)int.Parse(text.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                result.Append(kind switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => kind });
            }
        }

        return result.ToString();
    }

    private string Between(string head, string middle)
    {
        Assert.StartsWith(head, userMessage, StringComparison.Ordinal);
        return userMessage[head.Length..userMessage.IndexOf(middle, StringComparison.Ordinal)];
    }

    private static List<(string, string)> Read(PairList list, string text, string closed)
    {
        List<(string, string)> pairs = [];
        int at = list.Begin.Length;
        Assert.StartsWith(list.Begin, text, StringComparison.Ordinal);
        while (at < text.Length - closed.Length)
        {
            at = Skip(text, at, pairs.Count == 0 ? "" : list.Between);
            at = Skip(text, at, list.First);
            int middle = list.Second.StartsWith('"') ? QuoteEnd(text, at, list.Second) : text.IndexOf(list.Second, at, StringComparison.Ordinal);
            int last = list.Last.StartsWith('"') ? QuoteEnd(text, middle + list.Second.Length, list.Last) : text.IndexOf(list.Last, middle, StringComparison.Ordinal);
            pairs.Add((list.RawFirst ? text[at..middle] : Unescape(text[at..middle]), Unescape(text[(middle + list.Second.Length)..last])));
            at = last + list.Last.Length;
        }

        Assert.Equal(closed, text[at..]);
        return pairs;
    }

    /// <summary>Where the JSON string ends, which must be where the layout goes on.</summary>
    private static int QuoteEnd(string text, int from, string then)
    {
        for (int i = from; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == then[0] || text[i] == '"')
            {
                Assert.Equal(i, text.IndexOf(then, i, StringComparison.Ordinal));
                return i;
            }
        }

        Assert.Fail("A string has no end.");
        return -1;
    }

    private static int Skip(string text, int at, string expected)
    {
        Assert.Equal(expected, text.Substring(at, expected.Length));
        return at + expected.Length;
    }
}
