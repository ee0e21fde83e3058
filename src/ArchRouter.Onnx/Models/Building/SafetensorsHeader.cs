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
            using JsonDocument document = UnicodeJson.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return Entries(document.RootElement, file, prefix.Length + length, stream.Length, report);
            }

            report.Add(file, "The table of the safetensors file is not a JSON object.", GetAgain);
            return [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            report.Add(file, $"The table of the safetensors file cannot be read: {error.Message}", GetAgain, error);
            return [];
        }
    }

    private static List<KeyValuePair<string, SafetensorsEntry>> Entries(JsonElement table, string file, long data, long fileLength, ModelFolderReport report)
    {
        List<KeyValuePair<string, SafetensorsEntry>> entries = [];
        foreach (JsonProperty property in table.EnumerateObject().Where(property => property.Name != "__metadata__"))
        {
            string type = property.Value.Find("dtype") is { ValueKind: JsonValueKind.String } found ? found.GetString()! : "";
            if (!Enum.TryParse(type, out SafetensorsType known) || known.ToString() != type)
            {
                report.Add(file, $"The tensor '{property.Name}' is of type '{type}'; weights are read as F32, F16 or BF16.", "Take the checkpoint that is not quantized.");
            }
            else if (Lengths(property.Value, "shape") is not { } shape)
            {
                report.Add(file, $"The tensor '{property.Name}' has shape {Shown(property.Value, "shape")}, not a list of lengths.", GetAgain);
            }
            else if (Lengths(property.Value, "data_offsets") is not [long begin, long end])
            {
                report.Add(file, $"The tensor '{property.Name}' has data_offsets {Shown(property.Value, "data_offsets")}, not two places in the file.", GetAgain);
            }
            else if (begin > end || end - begin != Size(shape, known))
            {
                report.Add(file, $"The tensor '{property.Name}' lies from {begin} to {end}, which does not fit its shape and type.", GetAgain);
            }
            else if (end > fileLength - data)
            {
                report.Add(file, $"The tensor '{property.Name}' ends {end - (fileLength - data)} bytes behind the end of the file: it is truncated.", GetAgain);
            }
            else
            {
                entries.Add(new(property.Name, new(file, known, shape, data + begin, end - begin)));
            }
        }

        RefuseOverlaps(entries, file, report);
        return entries;
    }

    private static void RefuseOverlaps(List<KeyValuePair<string, SafetensorsEntry>> entries, string file, ModelFolderReport report)
    {
        KeyValuePair<string, SafetensorsEntry>? before = null;
        foreach (KeyValuePair<string, SafetensorsEntry> entry in entries.Where(entry => entry.Value.Length > 0).OrderBy(entry => entry.Value.Offset))
        {
            if (before is { Value: var previous } && entry.Value.Offset < previous.Offset + previous.Length)
            {
                report.Add(file, $"The tensors '{before.Value.Key}' and '{entry.Key}' overlap.", GetAgain);
            }

            before = entry;
        }
    }

    /// <returns>Numbers that are 0 or more, or <see langword="null"/> if the field is anything else.</returns>
    private static long[]? Lengths(JsonElement tensor, string name)
    {
        if (tensor.Find(name) is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        long[] lengths = [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long length) ? length : -1)];
        return Array.TrueForAll(lengths, length => length >= 0) ? lengths : null;
    }

    private static string Shown(JsonElement tensor, string name) => TokenizerJson.Show(tensor.Find(name) ?? default);

    /// <returns>How many bytes a tensor has, or <see langword="null"/> if no file could hold them.</returns>
    private static long? Size(long[] shape, SafetensorsType type)
    {
        long size = type.Bytes();
        foreach (long length in shape)
        {
            if (length > 0 && size > long.MaxValue / length)
            {
                return null;
            }

            size *= length;
        }

        return size;
    }
}
