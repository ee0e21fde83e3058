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

    [Fact]
    public void DocumentedPieces_AreReadAsDocumented()
    {
        string document = File.ReadAllText(Document());
        string targets = Regex.Match(document, "```json\n\"ArchRouter\": ({.*?\n})\n```", RegexOptions.Singleline).Groups[1].Value;
        string[] routers = [.. Regex.Matches(document, "```yaml\n((?:targets|router): .*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];

        Assert.Equal("fast", PolicyFile.Parse(targets, PolicyFileFormat.Json, "targets").Default.Fallback[0].ServiceId);
        Assert.Equal(2, routers.Length);
        Assert.All(routers, yaml => PolicyFile.Parse($"fallback: fast\n{yaml}", PolicyFileFormat.Yaml, "router"));
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
