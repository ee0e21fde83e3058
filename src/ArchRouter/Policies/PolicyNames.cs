namespace ArchRouter;

/// <summary>Takes names of policies from an application.</summary>
internal static class PolicyNames
{
    /// <summary>A copy, which nobody changes while requests read it.</summary>
    /// <exception cref="ArgumentException">A name is null, empty or white space.</exception>
    public static string[] Copy(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] copy = [.. names];
        foreach (string name in copy)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(names));
        }

        return copy;
    }
}
