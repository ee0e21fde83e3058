using System.Globalization;
using System.Text.RegularExpressions;

namespace ArchRouter;

/// <summary>
/// Puts the problems of a file into the order of its lines. What is wrong with a table shows only after its file is read, and would come last; within a
/// line it still does, for a key that is not known may be why something is missing.
/// </summary>
internal static partial class ProblemOrder
{
    public static IReadOnlyList<RouteTableProblem> Of(IReadOnlyList<RouteTableProblem> problems)
    {
        var placed = problems.Select(problem => (Problem: problem, Place: Position().Match(problem.Location))).ToArray();
        List<string> files = [.. placed.Select(p => FileOf(p.Place)).Distinct()];
        return [.. placed
            .OrderBy(p => files.IndexOf(FileOf(p.Place)))
            .ThenBy(p => NumberOf(p.Place.Groups["line"]))
            .Select(p => p.Problem)];
    }

    private static string FileOf(Match place) => place.Groups["file"].Value;

    private static int NumberOf(Group number) => int.TryParse(number.ValueSpan, CultureInfo.InvariantCulture, out int value) ? value : 0;

    [GeneratedRegex(@"^(?<file>.+):(?<line>\d+):\d+")]
    private static partial Regex Position();
}
