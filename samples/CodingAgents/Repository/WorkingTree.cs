namespace CodingAgents;

/// <summary>The files of the repository, and what they were at first.</summary>
internal sealed class WorkingTree(string root)
{
    private static readonly string[] NotShown = [".git", "bin", "obj"];
    private readonly Dictionary<string, string> _original = [];

    public IEnumerable<string> Files => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
        .Where(path => !path.Split('/').Intersect(NotShown).Any())
        .Order(StringComparer.Ordinal);

    public void Fill(string template)
    {
        foreach (string file in Directory.EnumerateFiles(template, "*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(template, file);
            string target = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            string text = File.ReadAllText(file);
            File.WriteAllText(target, text);
            _original[path.Replace('\\', '/')] = text;
        }
    }

    /// <summary>The files that were added or changed, whole; for where there is no git.</summary>
    public string Changes() => string.Concat(
        from path in Files
        let text = File.ReadAllText(Path.Combine(root, path))
        let before = _original.GetValueOrDefault(path)
        where text != before
        select $"{(before is null ? "added" : "changed")}: {path}\n{text}\n");
}
