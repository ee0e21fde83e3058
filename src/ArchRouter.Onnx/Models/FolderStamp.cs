using System.Globalization;

namespace ArchRouter.Onnx;

/// <summary>Which files a model folder holds, how long they are and when they were written: another stamp, another model.</summary>
internal static class FolderStamp
{
    /// <returns>The stamp; empty if the folder cannot be listed, which loading it will tell.</returns>
    public static string Of(string folder)
    {
        try
        {
            return string.Join('\n', new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal).Select(Describe));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Describe(FileInfo file)
    {
        // Download caches link to their files, and a link keeps its own length and time when it is pointed elsewhere.
        FileInfo target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return string.Create(CultureInfo.InvariantCulture, $"{file.Name} {(target.Exists ? target.Length : -1)} {target.LastWriteTimeUtc.Ticks}");
    }
}
