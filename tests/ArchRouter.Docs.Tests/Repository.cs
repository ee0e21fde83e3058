namespace ArchRouter.Docs.Tests;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    private static readonly string[] Unwritten = ["bin", "obj", "artifacts", ".git", "TestResults", "BenchmarkDotNet.Artifacts"];

    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    public static bool Exists(string relative) => Path.Exists(PathOf(relative));

    /// <summary>Every Markdown file that people read, by its path from the root with slashes.</summary>
    public static IEnumerable<string> MarkdownFiles() => Files(Root, "*.md");

    public static IEnumerable<string> Files(string folder, string pattern)
    {
        foreach (string file in Directory.EnumerateFiles(folder, pattern))
        {
            yield return Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/');
        }

        foreach (string inner in Directory.EnumerateDirectories(folder).Where(inner => !Unwritten.Contains(Path.GetFileName(inner))))
        {
            foreach (string file in Files(inner, pattern))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ArchRouter.SK.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No ArchRouter.SK.sln above {AppContext.BaseDirectory}.");
    }
}
