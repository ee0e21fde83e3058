using System.Text.RegularExpressions;

namespace ArchRouter.Tests.Policies.Files;

public class PolicyFileDocumentationTests
{
    [Fact]
    public void DocumentedFormat_IsReadAsDocumented()
    {
        string yaml = Regex.Match(File.ReadAllText(Document()), "```yaml\n(version: .*?)```", RegexOptions.Singleline).Groups[1].Value;

        RouteTables tables = PolicyFile.Parse(yaml, PolicyFileFormat.Yaml, "policy-file.md");

        Assert.Equal("code_generation", Assert.Single(tables.Default.Policies).Name);
        Assert.Equal("legal_team", Assert.Single(tables.Named.Keys));
    }

    private static string Document()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ArchRouter.SK.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "docs", "policy-file.md");
    }
}
