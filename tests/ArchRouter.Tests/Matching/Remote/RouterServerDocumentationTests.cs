using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter.Tests.Matching.Remote;

public class RouterServerDocumentationTests
{
    public static TheoryData<string> Names => new(RouterServerSnippets.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Snippet_IsCodeThatCompiles(string name)
    {
        string documented = Regex.Match(Document(), $"<!-- snippet: {name} -->\n```csharp\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;
        string compiled = Regex.Match(Source(), $"// <{name}>\n(.*?)\n *// </{name}>", RegexOptions.Singleline).Groups[1].Value;

        Assert.NotEmpty(documented);
        Assert.Equal(Lines(documented), Lines(compiled));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Snippet_MakesARouter(string name)
    {
        ServiceCollection services = new();
        RouterServerSnippets.All[name](services);
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<PreferenceRouter>());
    }

    [Fact]
    public void EveryBlockOfCSharp_IsASnippet() =>
        Assert.Equal(RouterServerSnippets.All.Count, Regex.Count(Document(), "```csharp"));

    private static string[] Lines(string code) => [.. code.Split('\n').Select(l => l.Trim())];

    private static string Document() => Read("docs", "router-server.md");

    private static string Source() => Read("tests", "ArchRouter.Tests", "Matching", "Remote", "RouterServerSnippets.cs");

    private static string Read(params ReadOnlySpan<string> path)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ArchRouter.SK.sln")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllText(Path.Combine([folder!.FullName, .. path])).ReplaceLineEndings("\n");
    }
}
