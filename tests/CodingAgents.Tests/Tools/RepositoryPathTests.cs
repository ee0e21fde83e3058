namespace CodingAgents.Tests;

public sealed class RepositoryPathTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("archrouter-agents-tests-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("src/../../secret.txt")]
    [InlineData("src/../..")]
    [InlineData("..\\secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(".git/config")]
    [InlineData(".GIT/hooks/pre-commit")]
    [InlineData("src/../.git/config")]
    public void PathThatIsNotTheAgents_IsRefused(string path) =>
        Assert.Contains("is refused", Assert.Throws<ToolRefusedException>(() => RepositoryPath.Resolve(_root, path)).Message, StringComparison.Ordinal);

    [Fact]
    public void FolderBesideTheRoot_IsRefused() =>
        Assert.Throws<ToolRefusedException>(() => RepositoryPath.Resolve(_root, $"../{Path.GetFileName(_root)}-other/file.txt"));

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/a/../b.cs")]
    [InlineData("..name.txt")]
    [InlineData(".gitignore")]
    public void PathInside_IsResolved(string path) =>
        Assert.StartsWith(_root + Path.DirectorySeparatorChar, RepositoryPath.Resolve(_root, path), StringComparison.Ordinal);

    [Fact]
    public void LinkThatLeadsOutside_IsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            // Making links needs a privilege there.
            return;
        }

        Directory.CreateSymbolicLink(Path.Combine(_root, "out"), Path.GetTempPath());

        Assert.Throws<ToolRefusedException>(() => RepositoryPath.Resolve(_root, "out/file.txt"));
    }
}
