namespace ArchRouter.Onnx;

/// <summary>How far a scoring has come: what each candidate has for certain, and which branches have not been asked.</summary>
/// <remarks>
/// <para>
/// The mass of a branch is the product of the probabilities of the ways that lead to it, so at any time the certain shares and the masses of
/// the open branches sum to 1. Let low(c) be c's certain share and high(c) = low(c) + the masses of the open branches that c lies beyond.
/// Asking a branch only divides its mass among candidates beyond it; so the exact probability p(c) lies between low(c) and high(c).
/// </para>
/// <para>
/// The answer given while branches are open spreads each one's mass evenly over the candidates beyond it. That is one of the divisions
/// possible, so the answer q(c) lies between low(c) and high(c) too, and |q(c) - p(c)| ≤ high(c) - low(c) ≤ the sum of all open masses. The same
/// holds for the sum over any set of candidates, such as a domain: each branch can shift its own mass into or out of the set, and no more.
/// </para>
/// <para>
/// If low(w) > high(c) for every other c, then p(w) ≥ low(w) > high(c) ≥ p(c), and likewise for q: w wins in the exact distribution and in the
/// answer, and nothing that is asked later can change it.
/// </para>
/// </remarks>
internal sealed class OpenBranches(int candidates)
{
    private readonly List<(TrieBranch Branch, double Mass)> _open = [];
    private readonly double[] _low = new double[candidates];

    public bool IsEmpty => _open.Count == 0;

    /// <summary>The sum of all open masses.</summary>
    public double Mass => _open.Sum(open => open.Mass);

    public void Add(TrieBranch branch, double mass) => _open.Add((branch, mass));

    public void Settle(int candidate, double mass) => _low[candidate] += mass;

    /// <summary>Takes out the branch with the most mass; of equals, the one that was added first.</summary>
    public (TrieBranch Branch, double Mass) TakeHeaviest()
    {
        (TrieBranch Branch, double Mass) heaviest = _open.MaxBy(open => open.Mass);
        _open.Remove(heaviest);
        return heaviest;
    }

    /// <summary>Whether the candidate that is ahead has won for certain.</summary>
    public bool HasWinner()
    {
        double[] high = [.. _low];
        foreach ((TrieBranch branch, double mass) in _open)
        {
            foreach (int candidate in branch.Candidates)
            {
                high[candidate] += mass;
            }
        }

        int ahead = Array.IndexOf(_low, _low.Max());
        return !high.Where((share, candidate) => candidate != ahead && share >= _low[ahead]).Any();
    }

    /// <summary>The answer as far as it is known.</summary>
    public double[] Spread()
    {
        double[] answer = [.. _low];
        foreach ((TrieBranch branch, double mass) in _open)
        {
            foreach (int candidate in branch.Candidates)
            {
                answer[candidate] += mass / branch.Candidates.Count;
            }
        }

        return answer;
    }
}
