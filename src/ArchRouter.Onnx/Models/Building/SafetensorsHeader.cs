using System.Buffers.Binary;
using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads the table at the head of a safetensors file and checks it against the file's length.</summary>
internal static class SafetensorsHeader
{
    private const long MaxLength = 100 << 20;
    private const string GetAgain = "Fetch the file again.";

    public static IEnumerable<KeyValuePair<string, SafetensorsEntry>> Read(string file, ModelFolderReport report)
    {
        try
        {
            using FileStream stream = File.OpenRead(report.PathOf(file));
            Span<byte> prefix = stackalloc byte[sizeof(long)];
            long length = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) == prefix.Length
                ? BinaryPrimitives.ReadInt64LittleEndian(prefix)
                : -1;
            if (length < 2 || length > Math.Min(MaxLength, stream.Length - prefix.Length))
            {
                report.Add(file, $"The file of {stream.Length} bytes does not begin with the table of a safetensors file: it is truncated, damaged or of another kind.", GetAgain);
                return [];
            }

            byte[] json = new byte[length];
            stream.ReadExactly(json);
            using JsonDocument document = JsonDocument.Parse(json);
            return Entries(document.RootElement, file, prefix.Length + length, stream.Length, report);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException)
        {
            report.Add(file, $"The table of the safetensors file cannot be read: {error.Message}", GetAgain, error);
            return [];
        }
    }

    private static List<KeyValuePair<string, SafetensorsEntry>> Entries(JsonElement table, string file, long data, long fileLength, ModelFolderReport report)
    {
        var entries = new List<KeyValuePair<string, SafetensorsEntry>>();
        foreach (JsonProperty property in table.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                continue;
            }

            string type = property.Value.GetProperty("dtype").GetString() ?? "";
            if (!Enum.TryParse(type, out SafetensorsType known) || !Enum.IsDefined(known))
            {
                report.Add(file, $"The tensor '{property.Name}' is of type '{type}'; weights are read as F32, F16 or BF16.", "Take the checkpoint that is not quantized.");
                continue;
            }

            long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())];
            JsonElement offsets = property.Value.GetProperty("data_offsets");
            long begin = offsets[0].GetInt64();
            long end = offsets[1].GetInt64();
            long expected = shape.Aggregate((long)known.Bytes(), (product, length) => checked(product * length));
            if (begin < 0 || end - begin != expected)
            {
                report.Add(file, $"The tensor '{property.Name}' lies from {begin} to {end}, which does not fit its shape and type.", GetAgain);
            }
            else if (end > fileLength - data)
            {
                report.Add(file, $"The tensor '{property.Name}' ends at byte {data + end}, but the file has {fileLength}: it is truncated.", GetAgain);
            }
            else
            {
                entries.Add(new(property.Name, new(file, known, shape, data + begin)));
            }
        }

        return entries;
    }
}
