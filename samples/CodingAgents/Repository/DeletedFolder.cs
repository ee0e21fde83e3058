namespace CodingAgents;

/// <summary>Deletes a folder with all that is in it.</summary>
internal static class DeletedFolder
{
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async ValueTask DeleteAsync(string folder)
    {
        for (int attempt = 1; Directory.Exists(folder); attempt++)
        {
            try
            {
                Delete(folder);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A program that was stopped a moment ago may still hold or write a file. The system cleans its temporary folder in the end.
                if (attempt == Attempts)
                {
                    await Console.Error.WriteLineAsync($"{folder} could not be deleted: {error.Message}");
                    return;
                }

                await Task.Delay(Pause);
            }
        }
    }

    private static void Delete(string folder)
    {
        // Git marks its objects read-only, which Windows does not delete.
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(folder, recursive: true);
    }
}
