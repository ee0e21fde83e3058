namespace ArchRouter;

/// <summary>Finds and reads policy files.</summary>
internal static class PolicyPath
{
    /// <summary>
    /// The path as it is when it leads to a file, otherwise below the application's own folder, where files that are copied to the output
    /// lie whatever the current directory.
    /// </summary>
    public static string Resolve(string path)
    {
        if (File.Exists(path) || Path.IsPathRooted(path))
        {
            return path;
        }

        string beside = Path.Combine(AppContext.BaseDirectory, path);
        return File.Exists(beside)
            ? beside
            : throw ConfigSyntax.Error(path, "The file does not exist.", $"Looked for in '{Environment.CurrentDirectory}' and '{AppContext.BaseDirectory}'. Have it copied to the output folder, or give a full path.");
    }

    public static ReadOnlySpan<byte> Read(string path, int maxBytes)
    {
        try
        {
            // One byte more than allowed tells a file that is too long, even where its length is not known beforehand.
            byte[] buffer = new byte[maxBytes + 1];
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= maxBytes ? buffer.AsSpan(0, length) : throw PolicyText.TooLong(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw ConfigSyntax.Error(path, $"The file cannot be read: {error.Message}", "Check the path and its permissions.");
        }
    }
}
