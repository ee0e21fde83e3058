using System.Globalization;

namespace ArchRouter.Onnx;

/// <summary>Which of a model's files a folder holds, how long they are and when they were written: another stamp, another model.</summary>
internal static class FolderStamp
{
    // Descriptions, tokenizers and templates, and what weights beside a graph are called where they do not carry the graph's name.
    private static readonly string[] Extensions = [".json", ".jinja", ".data", ".bin", ".pb", ".weights"];

    /// <returns>The stamp; empty if the folder cannot be listed, which loading it will tell.</returns>
    public static string Of(string folder)
    {
        try
        {
            return string.Join('\n', new DirectoryInfo(folder).EnumerateFiles().Where(IsModel).OrderBy(file => file.Name, StringComparer.Ordinal).Select(Describe));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // A readme, a log or what a system or the model store notes in a hidden file must not load gigabytes a second time.
    private static bool IsModel(FileInfo file) =>
        !file.Name.StartsWith('.')
        && (file.Name.Contains(".onnx", StringComparison.OrdinalIgnoreCase) || Extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase));

    private static string Describe(FileInfo file)
    {
        // Download caches link to their files, and a link keeps its own length and time when it is pointed elsewhere.
        FileInfo target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return string.Create(CultureInfo.InvariantCulture, $"{file.Name} {(target.Exists ? target.Length : -1)} {target.LastWriteTimeUtc.Ticks}");
    }
}
