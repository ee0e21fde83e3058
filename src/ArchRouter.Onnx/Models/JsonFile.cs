using System.Text;

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
}
