namespace ArchRouter;

/// <summary>When the best policy counts as a match. The defaults take the most probable answer as it is.</summary>
/// <param name="MinimumProbability">The least probability, 0 to 1, that a policy or domain must have. Default 0.</param>
/// <param name="MinimumMargin">
/// The least distance, 0 to 1, between the probability of the best answer and the next (policies and <c>other</c>; for domains, the
/// other domains and <c>other</c>). Default 0.
/// </param>
public sealed record RoutingThresholds(double MinimumProbability = 0, double MinimumMargin = 0)
{
    internal void Check(string where, List<RouteTableProblem> problems)
    {
        CheckOne(MinimumProbability, "minimum probability", where, problems);
        CheckOne(MinimumMargin, "minimum margin", where, problems);
    }

    private static void CheckOne(double value, string what, string where, List<RouteTableProblem> problems)
    {
        if (!(value is >= 0 and <= 1))
        {
            problems.Add(new(where, $"The {what} is {value}.", "Use a number from 0 to 1."));
        }
    }
}
