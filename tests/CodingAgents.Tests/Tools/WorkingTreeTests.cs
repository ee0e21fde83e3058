namespace CodingAgents.Tests;

public sealed class WorkingTreeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("archrouter-agents-tests-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Changes_AreToldWithoutGit()
    {
        WorkingTree tree = new(_root);
        tree.Fill(Path.Combine(AppContext.BaseDirectory, "Template"));
        Assert.Equal("", tree.Changes());

        File.WriteAllText(Path.Combine(_root, "README.md"), "other");
        File.WriteAllText(Path.Combine(_root, "new.txt"), "new");
        Directory.CreateDirectory(Path.Combine(_root, "src", "Durations", "obj"));
        File.WriteAllText(Path.Combine(_root, "src", "Durations", "obj", "built.txt"), "built");

        Assert.Equal("changed: README.md\nother\nadded: new.txt\nnew\n", tree.Changes());
        Assert.DoesNotContain(tree.Files, path => path.Contains("built", StringComparison.Ordinal));
    }
}
