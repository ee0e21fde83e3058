using System.Collections;

namespace ArchRouter;

/// <summary>Policies and <c>other</c>, most probable first. Sorted when first read, since most callers only want the winner.</summary>
internal sealed class RankedAlternatives : IReadOnlyList<PolicyProbability>
{
    private readonly PolicyScores _scores;
    private PolicyProbability[]? _ranked;

    private RankedAlternatives(PolicyScores scores) => _scores = scores;

    public int Count => _scores.Policies.Count + 1;

    public PolicyProbability this[int index] => Ranked[index];

    // A race only sorts twice.
    private PolicyProbability[] Ranked => _ranked ??= Rank(_scores);

    public static RankedAlternatives Of(PolicyScores scores) => new(scores);

    public IEnumerator<PolicyProbability> GetEnumerator() => ((IEnumerable<PolicyProbability>)Ranked).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static PolicyProbability[] Rank(PolicyScores scores) =>
    [
        .. scores.Policies
            .Select((policy, i) => new PolicyProbability(policy.Name, scores.Probabilities[i]))
            .Append(new PolicyProbability(RoutePolicy.Other, scores.Other))
            .OrderByDescending(p => p.Probability),
    ];
}
