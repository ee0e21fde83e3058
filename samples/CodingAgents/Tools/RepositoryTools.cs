using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace CodingAgents;

/// <summary>What agents can do with the repository. Both frameworks use the same functions.</summary>
internal sealed class RepositoryTools(TemporaryRepository repository)
{
    private const int LongestText = 16_000;

    /// <summary>Tools that change nothing.</summary>
    public IReadOnlyList<AIFunction> Reading =>
    [
        Tool("list_files", "Lists the repository's files.", ListFiles),
        Tool("read_file", "Reads a text file of the repository.", ReadFileAsync),
        Tool("git_diff", "Shows what changed since the last commit.", DiffAsync),
    ];

    /// <summary>Tools that run what is there.</summary>
    public IReadOnlyList<AIFunction> Running =>
    [
        Tool("build", "Builds the solution with dotnet build; gives the errors.", BuildAsync),
        Tool("run_tests", "Runs the tests of the last successful build.", RunTestsAsync),
    ];

    /// <summary>Tools that change files.</summary>
    public IReadOnlyList<AIFunction> Writing => [Tool("write_file", "Writes a text file of the repository, whole; makes it if there is none.", WriteFileAsync)];

    private string ListFiles() => string.Join('\n', repository.Files);

    private async Task<string> ReadFileAsync([Description("The path from the repository's root.")] string path, CancellationToken cancellationToken)
    {
        string file = RepositoryPath.Resolve(repository.Root, path);
        return File.Exists(file) ? Shorten(await File.ReadAllTextAsync(file, cancellationToken)) : throw new ToolRefusedException($"There is no file '{path}'.");
    }

    private async Task<string> WriteFileAsync(
        [Description("The path from the repository's root.")] string path, [Description("The file's whole new text.")] string content, CancellationToken cancellationToken)
    {
        string file = RepositoryPath.Resolve(repository.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, content, cancellationToken);
        return $"Wrote {path}, {content.Split('\n').Length} lines.";
    }

    private async Task<string> BuildAsync(CancellationToken cancellationToken) => Shorten((await repository.BuildAsync(cancellationToken)).Output);

    private async Task<string> RunTestsAsync(CancellationToken cancellationToken) => Shorten((await repository.TestAsync(cancellationToken)).Output);

    private async Task<string> DiffAsync(CancellationToken cancellationToken) =>
        await repository.DiffAsync(cancellationToken) is { Length: > 0 } diff ? Shorten(diff) : "Nothing changed.";

    // Texts stay texts: as JSON, models would see them quoted and escaped.
    private static AIFunction Tool(string name, string description, Delegate method) => AIFunctionFactory.Create(
        method, new AIFunctionFactoryOptions { Name = name, Description = description, MarshalResult = static (result, _, _) => new(result) });

    private static string Shorten(string text) => text.Length <= LongestText ? text : text[..LongestText] + "\n(cut off here)";
}
