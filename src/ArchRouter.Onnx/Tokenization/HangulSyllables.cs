namespace ArchRouter.Onnx;

/// <summary>Korean syllables, whose parts Unicode computes instead of listing them.</summary>
internal static class HangulSyllables
{
    private const int First = 0xAC00;
    private const int Leading = 0x1100;
    private const int Vowel = 0x1161;
    private const int Final = 0x11A7;
    private const int Leadings = 19;
    private const int Vowels = 21;
    private const int Finals = 28;
    private const int Count = Leadings * Vowels * Finals;

    /// <summary>Whether a code point is a vowel or final part, which joins the one before it.</summary>
    public static bool IsJoining(int code) => code is >= Vowel and < Vowel + Vowels or > Final and < Final + Finals;

    /// <returns><see langword="false"/> if the code point is no syllable.</returns>
    public static bool TryDecompose(int code, List<int> parts)
    {
        int index = code - First;
        if (index is < 0 or >= Count)
        {
            return false;
        }

        parts.Add(Leading + (index / (Vowels * Finals)));
        parts.Add(Vowel + (index % (Vowels * Finals) / Finals));
        if (index % Finals > 0)
        {
            parts.Add(Final + (index % Finals));
        }

        return true;
    }

    /// <summary>The syllable of two parts, or -1.</summary>
    public static int Compose(int first, int second)
    {
        if (first is >= Leading and < Leading + Leadings && second is >= Vowel and < Vowel + Vowels)
        {
            return First + ((((first - Leading) * Vowels) + second - Vowel) * Finals);
        }

        bool open = first is >= First and < First + Count && (first - First) % Finals == 0;
        return open && second is > Final and < Final + Finals ? first + second - Final : -1;
    }
}
