namespace ArchRouter.Onnx;

/// <summary>Merges a word of a few bytes in place: always the pair of lowest rank, of equals the leftmost.</summary>
internal static class BpeShortWord
{
    /// <summary>The longest word for which looking through all ranks is faster than a queue.</summary>
    public const int Longest = 64;

    /// <returns>How many tokens are left at the start of the span.</returns>
    public static int Merge(BpeMerges merges, Span<int> tokens)
    {
        Span<int> ranks = stackalloc int[Longest];
        int count = tokens.Length;
        for (int i = 0; i + 1 < count; i++)
        {
            ranks[i] = merges.RankOf(tokens[i], tokens[i + 1]);
        }

        while (count > 1)
        {
            int best = IndexOfLowest(ranks[..(count - 1)]);
            if (ranks[best] == BpeMerges.Never)
            {
                break;
            }

            tokens[best] = merges.TokenOf(tokens[best], tokens[best + 1]);
            tokens[(best + 2)..count].CopyTo(tokens[(best + 1)..]);
            ranks[(best + 1)..(count - 1)].CopyTo(ranks[best..]);
            count--;
            SetRank(best - 1, tokens[..count], ranks);
            SetRank(best, tokens[..count], ranks);
        }

        return count;

        void SetRank(int index, ReadOnlySpan<int> left, Span<int> all)
        {
            if (index >= 0 && index + 1 < left.Length)
            {
                all[index] = merges.RankOf(left[index], left[index + 1]);
            }
        }
    }

    private static int IndexOfLowest(ReadOnlySpan<int> ranks)
    {
        int best = 0;
        for (int i = 1; i < ranks.Length; i++)
        {
            if (ranks[i] < ranks[best])
            {
                best = i;
            }
        }

        return best;
    }
}
