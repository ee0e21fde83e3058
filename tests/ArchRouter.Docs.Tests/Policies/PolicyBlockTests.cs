using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using ArchRouter.Docs.Tests.Markdown;

namespace ArchRouter.Docs.Tests.Policies;

public class PolicyBlockTests
{
    public static TheoryData<string> Pages => new(Repository.MarkdownFiles().Where(file => Blocks(file).Any()));

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryYamlJsonAndXmlBlock_IsValid(string file) => Assert.All(Blocks(file).Where(block => block.Excuse is null), Check);

    [Theory]
    [InlineData("yaml", "fallback: fast\nrutes: {}")]
    [InlineData("yaml", "routes:\n  chat: { description: Small talk, to: fast }")]
    [InlineData("json", """{"fallback": "fast", "routes": [{"name": "other", "description": "Anything", "to": "fast"}]}""")]
    [InlineData("json", """{"ArchRouter": {"fallback": 1, "nothing": true}}""")]
    [InlineData("json", "\"ArchRouter\": { \"fallback\": \"fast\", \"nothing\": true }")]
    public void BrokenPolicies_AreFound(string language, string text) =>
        Assert.Throws<RouteTableException>(() => Check(new CodeBlock("page.md", 1, language, text, [])));

    [Theory]
    [InlineData("router: { deadline: 2s }", false)]
    [InlineData("router: { deadlines: 2s }", true)]
    public void PartOfAFile_IsReadAsOne(string text, bool broken)
    {
        Exception? error = Record.Exception(() => Check(new CodeBlock("page.md", 1, "yaml", text, ["part of a policy file"])));

        Assert.Equal(broken, error is RouteTableException);
    }

    [Fact]
    public void BrokenXml_IsFound() => Assert.Throws<XmlException>(() => Check(new CodeBlock("page.md", 1, "xml", "<a>", [])));

    private static IEnumerable<CodeBlock> Blocks(string file) =>
        MarkdownPage.Load(file).Blocks.Where(block => block.Language is "yaml" or "yml" or "json" or "jsonc" or "xml");

    private static void Check(CodeBlock block)
    {
        switch (block.Language)
        {
            case "xml":
                // Blocks may hold several elements side by side.
                XElement.Parse($"<block>{block.Text}</block>");
                break;
            case "json" or "jsonc":
                PolicyFile.Parse(SectionOf(block.Text), PolicyFileFormat.Json, block.ToString());
                break;
            default:
                if (!OnlyComments(block.Text))
                {
                    PolicyFile.Parse(block.IsPart ? $"fallback: fast\n{block.Text}" : block.Text, PolicyFileFormat.Yaml, block.ToString());
                }

                break;
        }
    }

    private static bool OnlyComments(string text) => text.Split('\n').All(line => line.Trim() is "" or ['#', ..]);

    /// <summary>In appsettings.json the policies stand in a section, which pages also show without the braces around it.</summary>
    private static string SectionOf(string json)
    {
        json = json.TrimStart().StartsWith('"') ? $$"""{ {{json}} }""" : json;
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        return document.RootElement.TryGetProperty("ArchRouter", out JsonElement section) ? section.GetRawText() : json;
    }
}
