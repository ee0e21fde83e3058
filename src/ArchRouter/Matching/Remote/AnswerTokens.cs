namespace ArchRouter;

/// <summary>Reads probabilities of names off the tokens of an answer.</summary>
/// <remarks>
/// The probability of the name given is the product of its tokens' up to the closing quote, so that a name and a longer one that starts with
/// it are told apart. What a server tells of alternatives at each step goes to the names that could follow, evenly where several could.
/// Where the tokens do not spell the text, as with characters cut in two, the whole answer's probability stands for the name's.
/// </remarks>
internal static class AnswerTokens
{
    /// <summary>Fills in what is known; false if the numbers are no log-probabilities.</summary>
    public static bool TryFill(
        double[] probabilities, int chosen, RouteAnswer answer, string text, IReadOnlyList<TokenLogProbability> tokens, PolicySet policies)
    {
        if (tokens.Count == 0 || tokens.Any(t => double.IsNaN(t.LogProbability)))
        {
            return false;
        }

        int start = answer.Name.Start.Value;
        int end = answer.Name.End.Value;
        bool spelled = Spell(tokens, text, end);
        int at = 0;
        int first = -1;
        double sofar = 0;
        foreach (TokenLogProbability token in tokens)
        {
            int next = at + token.Token.Length;
            if (!spelled || (next > start && at <= end))
            {
                first = first < 0 ? at : first;
                if (spelled)
                {
                    Share(probabilities, token, Math.Exp(sofar), text[first..at], new NameSpelling(text[first..start], text[end]), policies);
                }

                sofar += Math.Min(0, token.LogProbability);
            }

            at = next;
        }

        probabilities[chosen] += Math.Exp(sofar);
        return true;
    }

    private static bool Spell(IReadOnlyList<TokenLogProbability> tokens, string text, int end)
    {
        // A server may tell of tokens that it cut from the text: the stop sequence, the end-of-text mark.
        string spelled = string.Concat(tokens.Select(t => t.Token));
        int length = Math.Min(spelled.Length, text.Length);
        return length > end && spelled.AsSpan(0, length).SequenceEqual(text.AsSpan(0, length));
    }

    private static void Share(
        double[] probabilities, TokenLogProbability token, double before, string written, NameSpelling spelling, PolicySet policies)
    {
        foreach (TokenLogProbability alternative in token.Alternatives ?? [])
        {
            if (alternative.Token == token.Token || alternative.Token.Length == 0 || double.IsNaN(alternative.LogProbability))
            {
                continue;
            }

            string candidate = written + alternative.Token;
            int[] names = [.. Enumerable.Range(0, probabilities.Length).Where(i => spelling.CouldBe(i < policies.Count ? policies[i].Name : RoutePolicy.Other, candidate))];
            foreach (int name in names)
            {
                probabilities[name] += before * Math.Exp(Math.Min(0, alternative.LogProbability)) / names.Length;
            }
        }
    }
}
