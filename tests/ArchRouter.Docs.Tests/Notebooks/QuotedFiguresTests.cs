using System.Text.RegularExpressions;

namespace ArchRouter.Docs.Tests.Notebooks;

/// <summary>Pages quote what the notebooks put out; the saved outputs are compared with a run in <see cref="NotebookTests"/>.</summary>
public partial class QuotedFiguresTests
{
    [Fact]
    public void WritingPolicies_QuotesNotebook02()
    {
        string page = File.ReadAllText(Repository.PathOf("docs/writing-policies.md"));
        string output = string.Concat(Notebook.Load("notebooks/02-write-and-measure-policies.ipynb").CodeCells.SelectMany(cell => cell.Outputs).Select(o => o.Text));
        Match figures = Figures().Match(output);

        Assert.True(figures.Success);
        Assert.Contains($"{figures.Groups["before"]} of {figures.Groups["all"]}", page);
        Assert.Contains($"{figures.Groups["after"]} of {figures.Groups["all"]}", page);
    }

    [GeneratedRegex(@"right: (?<before>\d+) before, (?<after>\d+) after, of (?<all>\d+)")]
    private static partial Regex Figures();
}
