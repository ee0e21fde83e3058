namespace ArchRouter;

/// <summary>Shortens text by its middle: requests say what they want at the start or at the end.</summary>
internal static class MiddleTrim
{
    private const double HeadShare = 0.6;
    private const string Gap = " … ";

    /// <summary>Text of at most this many UTF-16 code units apart from the mark of the gap; no surrogate pair is cut.</summary>
    public static string Apply(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        int head = (int)(length * HeadShare);
        int tail = text.Length - (length - head);
        head -= head > 0 && IsInsidePair(text, head) ? 1 : 0;
        tail += tail < text.Length && IsInsidePair(text, tail) ? 1 : 0;
        return string.Concat(text.AsSpan(0, head), Gap, text.AsSpan(tail));
    }

    private static bool IsInsidePair(string text, int index) => char.IsHighSurrogate(text[index - 1]) && char.IsLowSurrogate(text[index]);
}
