namespace ArchRouter;

/// <summary>Turns an answer into a distribution over the policies and <c>other</c>.</summary>
internal static class AnswerProbabilities
{
    public static PolicyScores Of(
        RouteAnswer answer, string text, IReadOnlyList<TokenLogProbability>? tokens, PolicySet policies, string engineId)
    {
        double[] probabilities = new double[policies.Count + 1];
        int chosen = answer.Policy >= 0 ? answer.Policy : policies.Count;
        if (!answer.IsNamed || tokens is null || !AnswerTokens.TryFill(probabilities, chosen, answer, text, tokens, policies))
        {
            probabilities[chosen] = RemoteRouterEngine.AssumedProbability;
        }

        Complete(probabilities, chosen);
        return new PolicyScores(policies, probabilities.AsSpan(..^1), probabilities[^1], engineId, RouterTier.RouterModel);
    }

    /// <summary>Spreads what no token accounts for evenly over the answers that were not given.</summary>
    private static void Complete(double[] probabilities, int chosen)
    {
        double known = probabilities.Sum();
        if (known >= 1 || probabilities.Length == 1)
        {
            Scale(probabilities, chosen, known);
            return;
        }

        double share = (1 - known) / (probabilities.Length - 1);
        bool everyone = share > probabilities[chosen];
        if (everyone)
        {
            // Nothing says that another name is more probable than the one the model gave, only that the model is hardly sure of it.
            share = (1 - known) / probabilities.Length;
        }

        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] += i != chosen || everyone ? share : 0;
        }
    }

    private static void Scale(double[] probabilities, int chosen, double sum)
    {
        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = sum > 0 ? probabilities[i] / sum : i == chosen ? 1 : 0;
        }
    }
}
