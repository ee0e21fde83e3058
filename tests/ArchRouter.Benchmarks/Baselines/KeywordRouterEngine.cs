namespace ArchRouter.Benchmarks;

/// <summary>What many samples do: the policy whose description shares most words with the request.</summary>
internal sealed class KeywordRouterEngine : IRouterEngine
{
    private static readonly char[] Separators = [' ', ',', '.', ':', ';', '?', '!', '_', '-', '/', '\n', '"', '\'', '(', ')'];

    public ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default)
    {
        HashSet<string> words = Words(request.Conversation.Messages[^1].Text);
        double[] overlap = [.. request.Policies.Select(p => (double)Words($"{p.Name} {p.Description}").Count(words.Contains))];
        double sum = overlap.Sum() + 1;
        return ValueTask.FromResult(new PolicyScores(request.Policies, [.. overlap.Select(o => o / sum)], 1 / sum, "keywords"));
    }

    private static HashSet<string> Words(string text) =>
        [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 3).Select(w => w.ToUpperInvariant())];
}
