namespace ArchRouter.Onnx;

/// <summary>Cuts messages to what the model reads, the way its training data was cut. Works from both ends, so that a long middle costs nothing.</summary>
internal static class MessageTrim
{
    private const string Gap = " … ";

    /// <summary>Drops white space at both ends as Python's <c>str.strip</c> does, which counts the separators U+001C to U+001F as white space.</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text)
    {
        int start = 0;
        while (start < text.Length && IsSpace(text[start]))
        {
            start++;
        }

        int end = text.Length;
        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>Appends a text, or the first 60 % and the last 40 % of the code points allowed where it has more.</summary>
    public static void AppendMiddleTrimmed(ref TextBuffer buffer, ReadOnlySpan<char> text, int codePoints)
    {
        if (text.Length <= codePoints || Forward(text, codePoints) == text.Length)
        {
            buffer.Append(text);
            return;
        }

        int head = codePoints * 6 / 10;
        buffer.Append(text[..Forward(text, head)]);
        buffer.Append(Gap);
        buffer.Append(text[Backward(text, codePoints - head)..]);
    }

    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    /// <summary>The index after a number of code points; a lone surrogate counts as one.</summary>
    private static int Forward(ReadOnlySpan<char> text, int codePoints)
    {
        int i = 0;
        for (; codePoints > 0 && i < text.Length; codePoints--)
        {
            i += i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
        }

        return i;
    }

    /// <summary>The index at which the last code points begin.</summary>
    private static int Backward(ReadOnlySpan<char> text, int codePoints)
    {
        int i = text.Length;
        for (; codePoints > 0 && i > 0; codePoints--)
        {
            i -= i > 1 && char.IsSurrogatePair(text[i - 2], text[i - 1]) ? 2 : 1;
        }

        return i;
    }
}
