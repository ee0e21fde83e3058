using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads and writes a manifest as JSON.</summary>
internal static class ManifestFile
{
    public static ModelManifest Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(JsonFile.Read(path));
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new ModelStoreException(ModelStoreError.Manifest, path, $"The manifest cannot be read: {error.Message}", "Mend the file, or take it again from where it came.", error);
        }
    }

    public static void Write(ModelManifest manifest, string path)
    {
        using FileStream stream = File.Create(path);
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("id", manifest.Id);
            json.WriteString("revision", manifest.Revision);
            json.WriteStartArray("files");
            foreach (ModelFile file in manifest.Files)
            {
                json.WriteStartObject();
                json.WriteString("path", file.Path);
                json.WriteString("sha256", file.Sha256);
                json.WriteNumber("size", file.Size ?? 0);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.Flush(flushToDisk: true);
    }

    private static ModelManifest Read(JsonElement json)
    {
        IEnumerable<ModelFile> files = json.GetProperty("files").EnumerateArray().Select(file => new ModelFile(
            file.GetProperty("path").GetString() ?? "",
            file.GetProperty("sha256").GetString() ?? "",
            file.Find("size")?.GetInt64()));
        ModelLicence? licence = json.Find("licence") is { } found
            ? new(found.GetProperty("id").GetString() ?? "", found.Find("url")?.GetString() is { } url ? new Uri(url, UriKind.Absolute) : null)
            : null;
        return new(json.GetProperty("id").GetString() ?? "", json.GetProperty("revision").GetString() ?? "", files, licence);
    }
}
