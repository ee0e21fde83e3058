using System.Text;
using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads a file of JSON as the parser wants it.</summary>
internal static class JsonFile
{
    /// <returns>The file's bytes without a byte order mark, which Windows PowerShell and some editors write and the parser refuses.</returns>
    public static ReadOnlyMemory<byte> Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);
    }

    /// <summary>Whether an error says that the file cannot be read, or is no JSON.</summary>
    public static bool IsUnreadable(Exception error) => error is IOException or UnauthorizedAccessException || IsDamaged(error);

    /// <summary>Whether an error says that the text is no JSON. Half a surrogate pair in a string is found only when the string is read, as an <see cref="InvalidOperationException"/>.</summary>
    public static bool IsDamaged(Exception error) => error is JsonException or InvalidOperationException;
}
