namespace CodingAgents;

/// <summary>Deletes a folder with all that is in it.</summary>
internal static class DeletedFolder
{
    public static void Delete(string folder)
    {
        // Git marks its objects read-only, which Windows does not delete.
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A program that was stopped a moment ago may still hold a file. The system cleans its temporary folder in the end.
            Console.Error.WriteLine($"{folder} could not be deleted: {error.Message}");
        }
    }
}
