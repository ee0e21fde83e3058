using ArchRouter.Docs.Tests.Markdown;

namespace ArchRouter.Docs.Tests.Snippets;

public class SnippetTests
{
    // Wherever a page may excuse a block, readers lose the promise that it compiles.
    private const int MostExcuses = 2;

    public static TheoryData<string> Pages => new(Repository.MarkdownFiles().Where(file => Blocks(file).Any()));

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryBlockOfCSharp_Compiles(string file) =>
        Assert.Empty(Blocks(file).Where(block => block.Excuse is null).SelectMany(SnippetCompiler.Compile));

    [Fact]
    public void Excuses_AreRareAndSayWhy()
    {
        string[] excuses = [.. Repository.MarkdownFiles().SelectMany(Blocks).Select(block => block.Excuse).OfType<string>()];

        Assert.InRange(excuses.Length, 0, MostExcuses);
        Assert.All(excuses, excuse => Assert.True(excuse.Length > 20, excuse));
    }

    [Fact]
    public void EveryPageWithCode_IsFound()
    {
        Assert.Contains("README.md", Repository.MarkdownFiles().Where(file => Blocks(file).Any()));
        Assert.Contains("docs/semantic-kernel.md", Repository.MarkdownFiles().Where(file => Blocks(file).Any()));
    }

    [Theory]
    [InlineData("Console.WriteLine(Undeclared);", "CS0103")]
    [InlineData("using ArchRouter;\nRouteTable table = RouteTable.Create(routes => routes.Fallbacks(\"fast\"));", "CS1061")]
    [InlineData("string text = null;", "CS8600")]
    [InlineData("int x = ;", "CS1525")]
    public void BrokenBlock_IsFoundWithItsLine(string code, string id)
    {
        CodeBlock block = Assert.Single(MarkdownPage.Parse("page.md", $"Text.\n\n```csharp\n{code}\n```\n").Blocks);

        string problem = Assert.Single(SnippetCompiler.Compile(block), text => text.Contains(id));

        Assert.Contains($"line {4 + code.Count(c => c == '\n')}", problem);
    }

    [Fact]
    public void BrokenFragment_IsFoundInItsContext()
    {
        CodeBlock block = Assert.Single(MarkdownPage.Parse("page.md", "<!-- context: services -->\n```csharp\nservices.AddArchRouters();\n```\n").Blocks);

        Assert.Contains("CS1061", Assert.Single(SnippetCompiler.Compile(block)));
    }

    [Fact]
    public void UnknownContext_IsAnError()
    {
        CodeBlock block = Assert.Single(MarkdownPage.Parse("page.md", "<!-- context: none -->\n```csharp\n;\n```\n").Blocks);

        Assert.Throws<FileNotFoundException>(() => SnippetCompiler.Compile(block));
    }

    public static TheoryData<string> Contexts => new(SnippetContext.Names);

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Context_CompilesByItself(string name) => Assert.Empty(SnippetCompiler.Compile("nothing", 1, "Console.WriteLine();", [SnippetContext.Load(name)]));

    private static IEnumerable<CodeBlock> Blocks(string file) => MarkdownPage.Load(file).Blocks.Where(block => block.Language is "csharp" or "cs" or "c#");
}
