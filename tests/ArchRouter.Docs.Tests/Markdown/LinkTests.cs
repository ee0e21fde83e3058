namespace ArchRouter.Docs.Tests.Markdown;

public class LinkTests
{
    public static TheoryData<string> Pages => new(Repository.MarkdownFiles());

    [Theory]
    [MemberData(nameof(Pages))]
    public void RelativeLinks_LeadSomewhere(string file) => Assert.Empty(Broken(MarkdownPage.Load(file)));

    [Theory]
    [InlineData("See [that](nowhere.md).")]
    [InlineData("See [that](docs/policy-file.md#no-such-heading).")]
    [InlineData("# Here\n\nSee [that](#there).")]
    [InlineData("<img src=\"docs/images/none.svg\">")]
    public void BrokenLink_IsFound(string text) => Assert.Single(Broken(MarkdownPage.Parse("README.md", text)));

    [Fact]
    public void LinkToAHeading_IsFollowed() =>
        Assert.Empty(Broken(MarkdownPage.Parse("README.md", "# What is sent?\n\n[a](#what-is-sent) [b](docs/router-server.md#what-is-sent) `[c](none.md)`")));

    private static List<string> Broken(MarkdownPage page)
    {
        List<string> broken = [];
        foreach ((int line, string target) in page.Links.Where(link => !link.Target.Contains("://") && !link.Target.StartsWith("mailto:", StringComparison.Ordinal)))
        {
            string[] parts = target.Split('#', 2);
            string folder = Path.GetDirectoryName(Repository.PathOf(page.File))!;
            string path = parts[0].Length == 0 ? Repository.PathOf(page.File) : Path.GetFullPath(Path.Combine(folder, parts[0]));
            bool leads = Path.Exists(path)
                && (parts.Length == 1 || !path.EndsWith(".md", StringComparison.Ordinal) || Anchors(page, parts[0], path).Contains(parts[1]));
            if (!leads)
            {
                broken.Add($"{page.File}:{line}: {target}");
            }
        }

        return broken;
    }

    private static IReadOnlyList<string> Anchors(MarkdownPage page, string relative, string path) =>
        relative.Length == 0 ? page.Anchors : MarkdownPage.Load(Path.GetRelativePath(Repository.Root, path)).Anchors;
}
