namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>Words as the baselines see them: letters and digits, lower case, without the commonest ones.</summary>
internal static class Words
{
    private static readonly HashSet<string> Common =
    [
        "a", "an", "and", "or", "the", "of", "to", "in", "on", "for", "is", "it", "i", "me", "my", "you", "your", "with", "about", "this",
        "that", "be", "are", "can", "do", "does", "how", "what", "at", "from", "as", "s", "t", "please", "asking", "user", "wants",
    ];

    public static IEnumerable<string> Of(string text)
    {
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool inWord = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inWord && start < 0)
            {
                start = i;
            }
            else if (!inWord && start >= 0)
            {
                string word = text[start..i].ToLowerInvariant();
                start = -1;
                if (!Common.Contains(word))
                {
                    yield return word;
                }
            }
        }
    }

    public static IEnumerable<string> Of(CaseRoute route) => Of(route.Name.Replace('_', ' ') + " " + route.Description);
}
