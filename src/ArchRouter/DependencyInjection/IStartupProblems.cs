namespace ArchRouter;

/// <summary>Something beside the tables that is checked at start-up; its problems are reported together with theirs.</summary>
internal interface IStartupProblems
{
    IReadOnlyList<RouteTableProblem> Problems { get; }
}
