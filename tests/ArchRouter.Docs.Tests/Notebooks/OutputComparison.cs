using System.Globalization;
using System.Text.RegularExpressions;

namespace ArchRouter.Docs.Tests.Notebooks;

/// <summary>
/// Compares outputs with saved ones. Words and whole numbers must be equal. Numbers with a decimal point may differ a little, because the
/// encoder's 8-bit arithmetic rounds differently from one kind of processor to another: printed ones by 0.05, places in pictures by 20 units.
/// </summary>
internal static partial class OutputComparison
{
    private const double Printed = 0.05;
    private const double PictureUnits = 20;

    /// <summary>Every difference between what a notebook has saved and what its cells put out now.</summary>
    public static IReadOnlyList<string> Differences(Notebook notebook, IReadOnlyList<IReadOnlyList<CellOutput>> outputs)
    {
        List<string> differences = [];
        int number = 0;
        foreach ((NotebookCell cell, IReadOnlyList<CellOutput> now) in notebook.CodeCells.Zip(outputs))
        {
            number++;
            IReadOnlyList<CellOutput> saved = cell.Outputs;
            if (saved.Count != now.Count)
            {
                differences.Add($"{notebook.File}, cell {number}: {saved.Count} outputs saved, {now.Count} now");
                continue;
            }

            differences.AddRange(saved.Zip(now).Select(pair => Difference(pair.First, pair.Second)).OfType<string>()
                .Select(difference => $"{notebook.File}, cell {number}: {difference}. If this is right: ARCHROUTER_UPDATE_DOCS=1 dotnet test tests/ArchRouter.Docs.Tests"));
        }

        return differences;
    }

    /// <summary>What differs, or null.</summary>
    public static string? Difference(CellOutput saved, CellOutput now)
    {
        if (saved.MimeType != now.MimeType)
        {
            return $"saved {saved.MimeType ?? "text"}, now {now.MimeType ?? "text"}";
        }

        double tolerance = saved.MimeType is null ? Printed : PictureUnits;
        string[] savedLines = saved.Text.Split('\n');
        string[] lines = now.Text.Split('\n');
        for (int i = 0; i < Math.Max(lines.Length, savedLines.Length); i++)
        {
            string was = i < savedLines.Length ? savedLines[i] : "(nothing)";
            string line = i < lines.Length ? lines[i] : "(nothing)";
            if (!Same(was, line, tolerance))
            {
                return $"line {i + 1}: saved '{was}', now '{line}'";
            }
        }

        return null;
    }

    private static bool Same(string saved, string now, double tolerance)
    {
        if (Number().Replace(saved, "#") != Number().Replace(now, "#"))
        {
            return false;
        }

        return Number().Matches(saved).Zip(Number().Matches(now))
            .All(pair => Math.Abs(Value(pair.First) - Value(pair.Second)) <= tolerance);
    }

    private static double Value(Match match) => double.Parse(match.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\w.])-?\d+\.\d+(?![\w.])")]
    private static partial Regex Number();
}
