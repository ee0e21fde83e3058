using ArchRouter;

namespace CodingAgents;

/// <summary>What the steps cost on the targets that served them, and what the same tokens would have cost on the strong one alone.</summary>
internal sealed record CostSummary(IReadOnlyList<TargetCost> Targets, decimal Total, decimal OnStrongAlone, string Note)
{
    /// <summary>How much less the run cost than the strong target alone, from 0 to 1; less than 0 if it cost more.</summary>
    public decimal Saved => OnStrongAlone == 0 ? 0 : 1 - (Total / OnStrongAlone);

    /// <exception cref="InvalidDataException">A target has no price.</exception>
    public static CostSummary Of(IReadOnlyList<Step> steps, IReadOnlyCollection<RouteTarget> targets, SampleConfiguration configuration)
    {
        TargetCost[] costs =
        [
            .. targets.OrderBy(t => t.ServiceId, StringComparer.Ordinal)
                .Select(t => TargetCost.Of(t, configuration.ModelOf(t.ServiceId), steps.Where(s => s.Target == t.ServiceId))),
        ];
        TokenCount all = TokenCount.Sum(steps.Select(s => s.Tokens));
        RouteTarget strong = targets.Single(t => t.ServiceId == SampleConfiguration.Strong);
        return new CostSummary(costs, costs.Sum(c => c.Cost), all.Cost(strong), configuration.PriceNote);
    }
}

/// <summary>The part of one target.</summary>
internal sealed record TargetCost(string ServiceId, string Model, int Steps, TokenCount Tokens, decimal Cost)
{
    public static TargetCost Of(RouteTarget target, string model, IEnumerable<Step> steps)
    {
        Step[] own = [.. steps];
        TokenCount tokens = TokenCount.Sum(own.Select(s => s.Tokens));
        return new TargetCost(target.ServiceId, model, own.Length, tokens, tokens.Cost(target));
    }
}
