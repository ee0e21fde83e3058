using System.Security.Cryptography;

namespace ArchRouter.Onnx;

/// <summary>Compares a folder's files with the hashes in its description, which finds truncated and mixed-up downloads.</summary>
internal static class FileHashes
{
    public static void Check(EncoderDescription description, ModelFolderReport report)
    {
        foreach ((string file, string expected) in description.Hashes)
        {
            try
            {
                Check(file, expected, report);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                report.Add(file, $"The file cannot be read: {error.Message}", "Let the process read it.", error);
            }
        }
    }

    private static void Check(string file, string expected, ModelFolderReport report)
    {
        if (!File.Exists(report.PathOf(file)))
        {
            report.Add(file, $"The file is missing; {EncoderDescription.FileName} names it.", "Fetch the model folder again.");
            return;
        }

        using FileStream stream = File.OpenRead(report.PathOf(file));
        string found = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (found != expected)
        {
            report.Add(
                file,
                $"SHA-256 {expected} was expected, but the file's {stream.Length} bytes give {found}: it is truncated, damaged or of another version.",
                $"Fetch the file again; if it was changed on purpose, write its hash into {EncoderDescription.FileName}.");
        }
    }
}
