namespace CodingAgents;

/// <summary>Turns a path that a model gave into one inside the repository, or refuses it.</summary>
internal static class RepositoryPath
{
    /// <exception cref="ToolRefusedException">The path is not inside the repository, or not the agents' to touch.</exception>
    public static string Resolve(string root, string path)
    {
        if (string.IsNullOrWhiteSpace(path) || Path.IsPathRooted(path))
        {
            throw new ToolRefusedException($"'{path}' is refused: give a path from the repository's root.");
        }

        string full = Path.GetFullPath(Path.Combine(root, path.Replace('\\', '/')));
        string inside = Path.GetRelativePath(root, full).Replace('\\', '/');
        if (inside == ".." || inside.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(inside))
        {
            throw new ToolRefusedException($"'{path}' is refused: it lies outside the repository.");
        }

        if (inside.Split('/')[0].Equals(".git", StringComparison.OrdinalIgnoreCase))
        {
            throw new ToolRefusedException($"'{path}' is refused: git's own files are not for reading or writing.");
        }

        return LeadsThroughLink(root, full) ? throw new ToolRefusedException($"'{path}' is refused: it leads through a link.") : full;
    }

    // A link inside the repository may point outside it.
    private static bool LeadsThroughLink(string root, string full)
    {
        for (string? path = full; path is not null && path.Length > root.Length; path = Path.GetDirectoryName(path))
        {
            if (new FileInfo(path).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
