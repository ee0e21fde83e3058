namespace ArchRouter;

/// <summary>Finds files and folders that configuration names.</summary>
internal static class ApplicationPath
{
    /// <summary>The full path: in the current directory, else below the application's own folder if it is there.</summary>
    public static string Find(string path)
    {
        string beside = Path.Combine(AppContext.BaseDirectory, path);
        return Path.GetFullPath(!Path.Exists(path) && Path.Exists(beside) ? beside : path);
    }
}
