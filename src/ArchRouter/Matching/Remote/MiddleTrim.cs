namespace ArchRouter;

/// <summary>Shortens text by its middle: requests say what they want at the start or at the end.</summary>
/// <remarks>Lengths are those of the text as <see cref="PythonJson"/> writes it, so that no script and no rubbish makes a prompt longer than meant.</remarks>
internal static class MiddleTrim
{
    private const double HeadShare = 0.6;
    private const string Gap = " … ";

    /// <summary>Text of at most this length apart from the mark of the gap; no surrogate pair is cut.</summary>
    public static string Apply(string text, int length)
    {
        if (End(text, length) == text.Length)
        {
            return text;
        }

        int headLength = (int)(length * HeadShare);
        int head = End(text, headLength);
        int tail = Start(text, length - headLength);
        head -= head > 0 && IsInsidePair(text, head) ? 1 : 0;
        tail += tail < text.Length && IsInsidePair(text, tail) ? 1 : 0;
        return string.Concat(text.AsSpan(0, head), Gap, text.AsSpan(tail));
    }

    /// <summary>Where the longest beginning of this length ends.</summary>
    private static int End(string text, int length)
    {
        int end = 0;
        while (end < text.Length && (length -= PythonJson.LengthAt(text, end)) >= 0)
        {
            end++;
        }

        return end;
    }

    /// <summary>Where the longest ending of this length starts.</summary>
    private static int Start(string text, int length)
    {
        int start = text.Length;
        while (start > 0 && (length -= PythonJson.LengthAt(text, start - 1)) >= 0)
        {
            start--;
        }

        return start;
    }

    private static bool IsInsidePair(string text, int index) => char.IsHighSurrogate(text[index - 1]) && char.IsLowSurrogate(text[index]);
}
