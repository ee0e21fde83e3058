using Microsoft.Extensions.AI;

namespace CodingAgents.Tests;

public sealed class AgentToolsTests : IAsyncLifetime
{
    private readonly ToolJournal _journal = new(callsPerStep: 3);
    private TemporaryRepository _repository = null!;
    private AgentTools _tools = null!;

    public async Task InitializeAsync()
    {
        _repository = await TemporaryRepository.CreateAsync(keep: false, CancellationToken.None);
        _tools = new AgentTools(new RepositoryTools(_repository), _journal);
    }

    public async Task DisposeAsync()
    {
        await _tools.DisposeAsync();
        await _repository.DisposeAsync();
    }

    [Fact]
    public async Task File_IsWrittenAndReadAndShownAsChange()
    {
        string written = await UseAsync("write_file", ("path", "docs/new.md"), ("content", "one\ntwo\n"));

        Assert.Equal("Wrote docs/new.md, 3 lines.", written);
        Assert.Equal("one\ntwo\n", await UseAsync("read_file", ("path", "docs/new.md")));
        Assert.Contains("two", await UseAsync("git_diff"), StringComparison.Ordinal);
        Assert.Equal([("write_file", "docs/new.md", false), ("read_file", "docs/new.md", false)], _journal.Take().Take(2).Select(c => (c.Tool, c.Detail, c.Failed)));
    }

    [Theory]
    [InlineData("write_file")]
    [InlineData("read_file")]
    public async Task PathOutside_IsRefusedAsText(string tool)
    {
        string outside = Path.Combine(Path.GetDirectoryName(_repository.Root)!, "outside.txt");

        string answer = await UseAsync(tool, ("path", "../outside.txt"), ("content", "x"));

        Assert.Contains("outside the repository", answer, StringComparison.Ordinal);
        Assert.False(File.Exists(outside));
        Assert.True(Assert.Single(_journal.Take()).Failed);
    }

    [Fact]
    public async Task MissingFile_IsToldAsText() => Assert.Contains("no file", await UseAsync("read_file", ("path", "nothing.cs")), StringComparison.Ordinal);

    [Fact]
    public async Task MissingArgument_IsToldAsText() => Assert.StartsWith("The tool failed", await UseAsync("read_file"), StringComparison.Ordinal);

    [Fact]
    public async Task TestsWithoutABuild_AreToldAsText() => Assert.Contains("Build first", await UseAsync("run_tests"), StringComparison.Ordinal);

    [Fact]
    public async Task Tools_AreRefusedWhenTheStepHasUsedEnough_AndGivenToTheNext()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Contains("README.md", await UseAsync("list_files"), StringComparison.Ordinal);
        }

        Assert.StartsWith("Refused", await UseAsync("list_files"), StringComparison.Ordinal);
        Assert.Equal(3, _journal.Take().Count);
        Assert.Contains("README.md", await UseAsync("list_files"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_IsNoFailureOfTheTool()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        AIFunction read = Tool(Team.Coder, "read_file");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await read.InvokeAsync(new AIFunctionArguments { ["path"] = "README.md" }, stop.Token));
    }

    [Fact]
    public void Roles_HaveTheToolsTheyMayUse()
    {
        Assert.Equal(["git_diff", "list_files", "read_file"], Names(Team.Explainer));
        Assert.Equal(["git_diff", "list_files", "read_file"], Names(Team.Architect));
        Assert.Equal(["build", "git_diff", "list_files", "read_file", "run_tests"], Names(Team.Reviewer));
        Assert.Equal(["build", "git_diff", "list_files", "read_file", "run_tests", "write_file"], Names(Team.Coder));
    }

    [Fact]
    public void Environment_HoldsNoSecrets()
    {
        Environment.SetEnvironmentVariable("CODING_AGENTS_TEST_API_KEY", "secret");

        Assert.DoesNotContain("secret", ChildEnvironment.In("home").Values);
    }

    private IEnumerable<string> Names(AgentRole role) => _tools.For(role).Select(t => t.Name).Order(StringComparer.Ordinal);

    private AIFunction Tool(AgentRole role, string name) => _tools.For(role).Single(t => t.Name == name);

    private async Task<string> UseAsync(string tool, params (string Name, string Value)[] arguments)
    {
        AIFunctionArguments given = new(arguments.Where(a => tool != "read_file" || a.Name != "content").ToDictionary(a => a.Name, a => (object?)a.Value));
        return Assert.IsType<string>(await Tool(Team.Coder, tool).InvokeAsync(given));
    }
}
