namespace CodingAgents;

/// <summary>A small C# repository in a folder of its own that the agents work on. Disposing deletes the folder unless it is to be kept.</summary>
internal sealed class TemporaryRepository : IAsyncDisposable
{
    private const string TemplateFolder = "Template";
    private readonly string _folder;
    private readonly bool _keep;
    private readonly Git _git;
    private readonly DotNet _dotnet;
    private readonly WorkingTree _tree;

    private TemporaryRepository(string folder, bool keep)
    {
        _folder = folder;
        _keep = keep;
        Root = Directory.CreateDirectory(Path.Combine(folder, "repository")).FullName;
        IReadOnlyDictionary<string, string> environment = ChildEnvironment.In(Directory.CreateDirectory(Path.Combine(folder, "home")).FullName);
        _git = new Git(Root, environment);
        _dotnet = new DotNet(Root, environment);
        _tree = new WorkingTree(Root);
    }

    /// <summary>The repository's root folder.</summary>
    public string Root { get; }

    /// <summary>Whether git is installed; without it changes are told by comparing files.</summary>
    public bool HasGit { get; private set; }

    public static async Task<TemporaryRepository> CreateAsync(bool keep, CancellationToken cancellationToken)
    {
        TemporaryRepository repository = new(Directory.CreateTempSubdirectory("archrouter-agents-").FullName, keep);
        try
        {
            repository._tree.Fill(Path.Combine(AppContext.BaseDirectory, TemplateFolder));
            repository.HasGit = await repository._git.TryInitAsync(cancellationToken);
            return repository;
        }
        catch
        {
            await repository.DisposeAsync();
            throw;
        }
    }

    /// <summary>The paths of all files, from the root.</summary>
    public IEnumerable<string> Files => _tree.Files;

    public Task<CommandResult> BuildAsync(CancellationToken cancellationToken) => _dotnet.BuildAsync(cancellationToken);

    public Task<CommandResult> TestAsync(CancellationToken cancellationToken) => _dotnet.TestAsync(cancellationToken);

    public Task<string> DiffAsync(CancellationToken cancellationToken) =>
        HasGit ? _git.DiffAsync(cancellationToken) : Task.FromResult(_tree.Changes());

    public ValueTask DisposeAsync() => _keep ? ValueTask.CompletedTask : DeletedFolder.DeleteAsync(_folder);
}
