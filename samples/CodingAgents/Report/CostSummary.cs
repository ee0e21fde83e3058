namespace CodingAgents;

/// <summary>What the steps cost on the targets that served them, and what the same tokens would have cost on one of them alone.</summary>
internal sealed record CostSummary(IReadOnlyList<TargetCost> Targets, decimal Total, decimal OnStrongAlone)
{
    /// <summary>How much less the run cost than the strong target alone, from 0 to 1; less than 0 if it cost more.</summary>
    public decimal Saved => OnStrongAlone == 0 ? 0 : 1 - Total / OnStrongAlone;

    public static CostSummary Of(IReadOnlyList<Step> steps, IReadOnlyList<Target> targets)
    {
        TargetCost[] costs = [.. targets.Select(target => TargetCost.Of(target, steps.Where(s => s.Target == target.ServiceId)))];
        TokenCount all = TokenCount.Sum(steps.Select(s => s.Tokens));
        return new CostSummary(costs, costs.Sum(c => c.Cost), targets.Single(t => t.ServiceId == CodingPolicies.Strong).Price.Of(all));
    }
}

/// <summary>The part of one target.</summary>
internal sealed record TargetCost(Target Target, int Steps, TokenCount Tokens, decimal Cost)
{
    public static TargetCost Of(Target target, IEnumerable<Step> steps)
    {
        Step[] own = [.. steps];
        TokenCount tokens = TokenCount.Sum(own.Select(s => s.Tokens));
        return new TargetCost(target, own.Length, tokens, target.Price.Of(tokens));
    }
}
