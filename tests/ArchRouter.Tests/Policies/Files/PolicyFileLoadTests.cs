using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter.Tests.Policies.Files;

public class PolicyFileLoadTests
{
    [Theory]
    [InlineData("r.yaml", "fallback: fast")]
    [InlineData("r.YML", "fallback: fast")]
    [InlineData("r.json", "{\"fallback\": \"fast\",}")]
    [InlineData("r.jsonc", "{/* why */\"fallback\": \"fast\"}")]
    public void Load_TakesTheFormatFromTheExtension(string name, string text)
    {
        using var folder = new TemporaryFolder();

        Assert.Equal("fast", PolicyFile.Load(folder.Write(name, text)).Default.Fallback[0].ServiceId);
    }

    [Theory]
    [InlineData("missing.yaml", "does not exist")]
    [InlineData("/missing/missing.yaml", "cannot be read")]
    [InlineData("/\0.yaml", "cannot be read")]
    [InlineData("policies.txt", "does not say which format")]
    [InlineData("policies", "does not say which format")]
    public void Load_NamesAFileThatCannotBeFound(string path, string message)
    {
        RouteTableProblem problem = ProblemOf(path);

        Assert.Equal(path, problem.Location);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NamesAFileThatCannotBeRead()
    {
        using var folder = new TemporaryFolder();
        string directory = Path.Combine(folder.Path, "folder.yaml");
        Directory.CreateDirectory(directory);

        Assert.Contains("cannot be read", ProblemOf(directory).Message, StringComparison.Ordinal);
        Assert.Contains("not UTF-8", ProblemOf(folder.Write("latin1.yaml", [0x61, 0xE9, 0x61])).Message, StringComparison.Ordinal);
        Assert.Contains("is empty", ProblemOf(folder.Write("empty.yaml", "")).Message, StringComparison.Ordinal);
        Assert.Contains("longer than", ProblemOf(folder.Write("long.yaml", new string('#', PolicyText.MaxBytes + 1))).Message, StringComparison.Ordinal);
        Assert.Equal(directory, ProblemOf(directory).Location);
    }

    [Fact]
    public void Load_PutsThePathIntoLocations()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("r.yaml", "fallback: fast\nx: 1");

        Assert.Equal($"{path}:2:1", ProblemOf(path).Location);
    }

    [Fact]
    public void AddPolicyFile_ReportsEveryUnreadableSourceAndNothingThatFollowsFromIt()
    {
        using var folder = new TemporaryFolder();
        var services = new ServiceCollection();
        services.AddArchRouter(r => r.Route("a", "A", to: "fast"))
            .AddPolicyFile(Path.Combine(folder.Path, "missing.yaml"))
            .AddPolicyFile(folder.Write("broken.yaml", "routes: ["))
            .AddPolicyFile(folder.Write("list.yaml", "- a"));

        var error = Assert.Throws<RouteTableException>(() => services.BuildServiceProvider().GetRequiredService<RouteTables>());

        Assert.Equal(3, error.Problems.Count);
        Assert.All(error.Problems, p => Assert.StartsWith(folder.Path, p.Location, StringComparison.Ordinal));
    }

    private static RouteTableProblem ProblemOf(string path) =>
        Assert.Single(Assert.Throws<RouteTableException>(() => PolicyFile.Load(path)).Problems);
}
