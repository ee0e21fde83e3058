namespace ArchRouter;

/// <summary>A table of routes is not valid. Carries every problem found, not only the first.</summary>
public sealed class RouteTableException : Exception
{
    /// <summary>Makes the exception from the problems found.</summary>
    /// <param name="problems">The problems; at least one.</param>
    public RouteTableException(IReadOnlyList<RouteTableProblem> problems)
        : base(Describe(problems)) => Problems = [.. problems];

    /// <summary>Every problem found.</summary>
    public IReadOnlyList<RouteTableProblem> Problems { get; }

    internal static void ThrowIfAny(IReadOnlyList<RouteTableProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw new RouteTableException(ProblemOrder.Of(problems));
        }
    }

    private static string Describe(IReadOnlyList<RouteTableProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        string count = problems.Count == 1 ? "1 problem" : $"{problems.Count} problems";
        return $"The routes are not valid ({count}):{Environment.NewLine}- {string.Join($"{Environment.NewLine}- ", problems)}";
    }
}
