namespace ArchRouter.Onnx;

/// <summary>
/// Asks a router model for the probability of every answer that it may give: the product of the probabilities of its tokens, each among the
/// tokens that go on with a possible answer.
/// </summary>
/// <param name="temperature">
/// What logits are divided by: above 1 for a model that is too sure of itself, below for one that is not sure enough. Where names part at one
/// token it changes no order; where they part again later, it can between near equals.
/// </param>
/// <param name="tolerance">How much mass may stay unexplored once the winner is certain.</param>
internal sealed class RouteScorer(double temperature, double tolerance)
{
    /// <summary>Scores on the calling thread.</summary>
    /// <param name="model">A place that the caller holds.</param>
    /// <param name="prompt">The prompt up to the answer.</param>
    /// <param name="stable">How many of its tokens come again with other prompts.</param>
    /// <param name="trie">The answers.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    public RouteProbabilities Score(ITokenModel model, ReadOnlySpan<int> prompt, int stable, RouteTrie trie, CancellationToken cancellationToken)
    {
        if (trie.Root is not { } root)
        {
            return new RouteProbabilities([1], 0, 0);
        }

        // What all answers share is part of the prompt here, so that it costs no pass of its own.
        int[] start = [.. prompt, .. root.Path];
        var open = new OpenBranches(trie.Candidates);
        Ask(root, 1, model.Start(start, stable, cancellationToken), open);
        int passes = 1;
        while (!open.IsEmpty && (open.Mass > tolerance || !open.HasWinner()))
        {
            (TrieBranch branch, double mass) = open.TakeHeaviest();
            Ask(branch, mass, model.Continue(branch.Path.AsSpan(root.Path.Length), cancellationToken), open);
            passes++;
        }

        return new RouteProbabilities(open.Spread(), passes, open.Mass);
    }

    private void Ask(TrieBranch branch, double mass, ReadOnlySpan<float> logits, OpenBranches open)
    {
        double max = double.NegativeInfinity;
        foreach (TrieWay way in branch.Ways)
        {
            float logit = logits[way.Token];
            max = float.IsFinite(logit) ? Math.Max(max, logit) : throw new InvalidOperationException(DecoderPlace.NotFinite);
        }

        Span<double> shares = branch.Ways.Count <= 256 ? stackalloc double[branch.Ways.Count] : new double[branch.Ways.Count];
        double sum = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            sum += shares[i] = Math.Exp((logits[branch.Ways[i].Token] - max) / temperature);
        }

        for (int i = 0; i < shares.Length; i++)
        {
            double share = mass * shares[i] / sum;
            if (branch.Ways[i].Next is { } next)
            {
                open.Add(next, share);
            }
            else
            {
                open.Settle(branch.Ways[i].Candidate, share);
            }
        }
    }
}
