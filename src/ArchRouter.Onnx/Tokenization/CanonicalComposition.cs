using System.Text;

namespace ArchRouter.Onnx;

/// <summary>Unicode's normalization form C, the same whether globalization is invariant or not.</summary>
internal static class CanonicalComposition
{
    // Nothing below the combining marks ever changes.
    private const char FirstUnsettled = '\u0300';
    private static readonly CanonicalData Data = CanonicalData.Instance;

    /// <summary>Whether a text stays as it is; lone surrogates do too. Says no for a few texts that would.</summary>
    public static bool IsSettled(ReadOnlySpan<char> text)
    {
        int i = text.IndexOfAnyExceptInRange('\0', (char)(FirstUnsettled - 1));
        while (i >= 0 && i < text.Length)
        {
            Rune.DecodeFromUtf16(text[i..], out Rune rune, out int used);
            if (rune.Value >= FirstUnsettled && (Data.IsUnsettled(rune.Value) || HangulSyllables.IsJoining(rune.Value)))
            {
                return false;
            }

            i += used;
        }

        return true;
    }

    /// <summary>The composed text; lone surrogates become U+FFFD.</summary>
    public static string Compose(ReadOnlySpan<char> text)
    {
        List<int> codes = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, codes);
        }

        Order(codes);
        var builder = new StringBuilder(text.Length);
        foreach (int code in codes[..Compose(codes)])
        {
            builder.Append(new Rune(code));
        }

        return builder.ToString();
    }

    private static void Decompose(int code, List<int> codes)
    {
        if (HangulSyllables.TryDecompose(code, codes))
        {
            return;
        }

        if (Data.DecompositionOf(code) is not { } parts)
        {
            codes.Add(code);
            return;
        }

        foreach (int part in parts)
        {
            Decompose(part, codes);
        }
    }

    /// <summary>Sorts every run of marks by combining class; marks of one class keep their order.</summary>
    private static void Order(List<int> codes)
    {
        for (int start = 0; start < codes.Count; start++)
        {
            int end = start;
            bool sorted = true;
            while (end < codes.Count && Data.ClassOf(codes[end]) is > 0 and int mark)
            {
                sorted &= end == start || Data.ClassOf(codes[end - 1]) <= mark;
                end++;
            }

            if (!sorted)
            {
                int[] run = [.. codes[start..end].OrderBy(Data.ClassOf)];
                for (int i = 0; i < run.Length; i++)
                {
                    codes[start + i] = run[i];
                }
            }

            start = Math.Max(start, end - 1);
        }
    }

    /// <summary>Joins characters with the starter before them, in place.</summary>
    /// <returns>How many are left.</returns>
    private static int Compose(List<int> codes)
    {
        int count = 0;
        int starter = -1;
        int lastClass = -1;
        for (int i = 0; i < codes.Count; i++)
        {
            int code = codes[i];
            int mark = Data.ClassOf(code);
            int composed = starter >= 0 && lastClass < mark ? Join(codes[starter], code) : -1;
            if (composed >= 0)
            {
                codes[starter] = composed;
                continue;
            }

            if (mark == 0)
            {
                starter = count;
            }

            // A starter right behind its starter may join it, whatever came in between may not.
            lastClass = mark == 0 ? -1 : mark;
            codes[count++] = code;
        }

        return count;
    }

    private static int Join(int first, int second) =>
        HangulSyllables.Compose(first, second) is >= 0 and int syllable ? syllable : Data.Compose(first, second);
}
