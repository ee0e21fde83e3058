namespace ArchRouter;

/// <summary>Turns a distribution into a match: a policy, else a domain, else none. Probabilities add up along the domain tree.</summary>
internal static class DecisionRule
{
    public static Match Decide(RouteTable table, PolicySubset asked, PolicyScores scores)
    {
        (int best, double first, double second) = TopTwo(scores.Span);
        RoutingThresholds thresholds = table.Thresholds;
        if (best >= 0 && first > scores.Other && first >= thresholds.MinimumProbability
            && first - Math.Max(second, scores.Other) >= thresholds.MinimumMargin)
        {
            int policy = asked.Indexes[best];
            string? domain = table.DomainOfPolicy[policy] is >= 0 and int d ? table.Domains[d].Name : null;
            return new(RoutingOutcome.Matched, policy, domain, first, first - Math.Max(second, scores.Other), table.TargetsOf(policy));
        }

        if (MatchDomain(table, asked, scores) is { } match)
        {
            return match;
        }

        return first > scores.Other
            ? new(RoutingOutcome.LowConfidence, -1, null, first, first - Math.Max(second, scores.Other), table.Fallback)
            : new(RoutingOutcome.NoMatch, -1, null, scores.Other, scores.Other - Math.Max(first, 0), table.Fallback);
    }

    private static Match? MatchDomain(RouteTable table, PolicySubset asked, PolicyScores scores)
    {
        if (table.Domains.Count == 0)
        {
            return null;
        }

        double[] mass = new double[table.Domains.Count];
        double outside = scores.Other;
        for (int i = 0; i < scores.Span.Length; i++)
        {
            int domain = table.DomainOfPolicy[asked.Indexes[i]];
            if (domain >= 0)
            {
                mass[domain] += scores.Span[i];
            }
            else
            {
                outside = Math.Max(outside, scores.Span[i]);
            }
        }

        (int best, double first, double second) = TopTwo(mass);
        double margin = first - Math.Max(second, outside);
        RouteDomain winner = table.Domains[best];
        return winner.Targets.Count > 0 && margin > 0
            && first >= table.Thresholds.MinimumProbability && margin >= table.Thresholds.MinimumMargin
            ? new(RoutingOutcome.MatchedDomain, -1, winner.Name, first, margin, winner.Targets)
            : null;
    }

    /// <summary>The index and value of the largest number, and the next largest; -1 and 0 where there is none. The first of equals wins.</summary>
    private static (int Best, double First, double Second) TopTwo(ReadOnlySpan<double> values)
    {
        int best = -1;
        double first = 0;
        double second = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (best < 0 || values[i] > first)
            {
                second = best < 0 ? 0 : first;
                first = values[i];
                best = i;
            }
            else if (values[i] > second)
            {
                second = values[i];
            }
        }

        return (best, first, second);
    }

    internal readonly record struct Match(
        RoutingOutcome Outcome, int PolicyIndex, string? Domain, double Probability, double Margin, IReadOnlyList<RouteTarget> Targets);
}
