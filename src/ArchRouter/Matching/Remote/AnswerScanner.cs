using System.Globalization;
using System.Text;

namespace ArchRouter;

/// <summary>Reads the few kinds of token that a router model's answer is made of. White space between them is passed over.</summary>
internal ref struct AnswerScanner(string text)
{
    private const string Fence = "```";
    private int _at;

    public bool IsAtEnd
    {
        get
        {
            SkipSpace();
            return _at == text.Length;
        }
    }

    public bool IsBefore(char c)
    {
        SkipSpace();
        return _at < text.Length && text[_at] == c;
    }

    public bool Take(char c)
    {
        bool there = IsBefore(c);
        _at += there ? 1 : 0;
        return there;
    }

    public bool TakeWord(string word)
    {
        SkipSpace();
        bool there = text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal);
        _at += there ? word.Length : 0;
        return there;
    }

    /// <summary>Takes the marks of a code block, with the name of its language.</summary>
    public bool TakeFence()
    {
        bool there = TakeWord(Fence);
        while (there && _at < text.Length && char.IsAsciiLetter(text[_at]))
        {
            _at++;
        }

        return there;
    }

    /// <summary>Takes a string in double or single quotes.</summary>
    public bool TakeText(out string value, out Range place)
    {
        value = "";
        place = default;
        SkipSpace();
        if (_at == text.Length || text[_at] is not ('"' or '\''))
        {
            return false;
        }

        char quote = text[_at];
        int start = _at + 1;
        var read = new StringBuilder();
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                value = read.ToString();
                place = start..i;
                _at = i + 1;
                return true;
            }

            if (text[i] != '\\')
            {
                read.Append(text[i]);
            }
            else if (!TryUnescape(ref i, read))
            {
                return false;
            }
        }

        return false;
    }

    private readonly bool TryUnescape(ref int i, StringBuilder read)
    {
        if (++i == text.Length)
        {
            return false;
        }

        if (text[i] == 'u')
        {
            bool valid = i + 4 < text.Length && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code)
                && Append(read, (char)code);
            i += 4;
            return valid;
        }

        return text[i] switch
        {
            '"' or '\'' or '\\' or '/' => Append(read, text[i]),
            'n' => Append(read, '\n'),
            'r' => Append(read, '\r'),
            't' => Append(read, '\t'),
            'b' => Append(read, '\b'),
            'f' => Append(read, '\f'),
            _ => false,
        };
    }

    private static bool Append(StringBuilder read, char c)
    {
        read.Append(c);
        return true;
    }

    private void SkipSpace()
    {
        // Arch-Router sometimes spells a line break out as backslash and n.
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text.AsSpan(_at).StartsWith("\\n", StringComparison.Ordinal)))
        {
            _at += text[_at] == '\\' ? 2 : 1;
        }
    }
}
