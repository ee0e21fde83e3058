using System.IO.Compression;
using System.Text.Json;

namespace ArchRouter.Onnx.Tests;

/// <summary>Reads the recorded reference data.</summary>
internal static class FixtureFile
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static T Read<T>(string name)
    {
        using Stream stream = Open(name);
        return JsonSerializer.Deserialize<T>(stream, Names)!;
    }

    public static IEnumerable<T> ReadLines<T>(string name)
    {
        using var reader = new StreamReader(Open(name));
        while (reader.ReadLine() is { } line)
        {
            yield return JsonSerializer.Deserialize<T>(line, Names)!;
        }
    }

    public static byte[] ReadBytes(string name)
    {
        using GZipStream stream = Open(name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static string PathOf(params ReadOnlySpan<string> names) => Path.Combine([AppContext.BaseDirectory, "Fixtures", .. names]);

    private static GZipStream Open(string name) =>
        new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Fixtures", name)), CompressionMode.Decompress);
}
