using System.Text.RegularExpressions;
using ArchRouter.Docs.Tests.Markdown;

namespace ArchRouter.Docs.Tests.Commands;

public partial class CommandTests
{
    public static TheoryData<string> Pages => new(Repository.MarkdownFiles().Where(file => Blocks(file).Any()));

    [Theory]
    [MemberData(nameof(Pages))]
    public void PathsInCommands_Exist(string file) => Assert.Empty(Blocks(file).SelectMany(Missing));

    [Theory]
    [InlineData("dotnet run --project samples/NoSuchSample")]
    [InlineData("dotnet test ArchRouter.sln")]
    [InlineData("dotnet run samples/notebooks/none.cs")]
    public void MissingPath_IsFound(string command) => Assert.Single(Missing(new CodeBlock("README.md", 1, "sh", command, [])));

    private static IEnumerable<CodeBlock> Blocks(string file) => MarkdownPage.Load(file).Blocks.Where(block => block.Language is "sh" or "bash" or "shell" or "powershell");

    private static IEnumerable<string> Missing(CodeBlock block) => PathOfRepository().Matches(block.Text)
        .Select(match => match.Value)
        .Where(path => !Repository.Exists(path))
        .Select(path => $"{block}: {path}");

    [GeneratedRegex(@"(?<![\w./$-])((samples|src|tests|docs|notebooks|models|\.ci)/[\w./-]+|[\w.-]+\.(sln|slnx|csproj))(?![\w*/])")]
    private static partial Regex PathOfRepository();
}
