namespace ArchRouter;

/// <summary>How keys are compared: ignoring case, <c>_</c> and <c>-</c>, so that every usual spelling of <c>orElse</c> is the same key.</summary>
internal static class ConfigKeys
{
    private const int LongestQuote = 60;
    private const int LongestGuess = 40;

    public static bool Same(string a, string b) => string.Equals(Bare(a), Bare(b), StringComparison.OrdinalIgnoreCase);

    /// <summary>The known key that the user most likely meant, or null when none is close.</summary>
    public static string? Nearest(string key, IEnumerable<string> known)
    {
        if (key.Length > LongestGuess)
        {
            return null;
        }

        string bare = Bare(key).ToLowerInvariant();
        (string? best, int distance) = known
            .Select(k => ((string?)k, Distance(bare, Bare(k).ToLowerInvariant())))
            .DefaultIfEmpty((null, int.MaxValue))
            .MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, bare.Length / 3) ? best : null;
    }

    /// <summary>Text from a file in a form that fits into one line of a message.</summary>
    public static string Quotable(string text) =>
        PolicyRules.Printable(text.Length <= LongestQuote ? text : string.Concat(text.AsSpan(0, LongestQuote), "…"));

    private static string Bare(string key) => key.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    /// <summary>How many insertions, deletions and replacements lead from one word to the other.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
