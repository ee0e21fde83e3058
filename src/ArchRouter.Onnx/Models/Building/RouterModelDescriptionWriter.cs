using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Makes the <c>router.json</c> of a converted model from that of its checkpoint, if there is one, and the layout that was asked for.</summary>
internal static class RouterModelDescriptionWriter
{
    private const string Layout = "layout";

    /// <param name="layout">The prompt layout, or <see langword="null"/> to leave it as it is.</param>
    /// <param name="report">Names the checkpoint's folder, and takes what is wrong with its file.</param>
    /// <returns>The file's bytes, or <see langword="null"/> if there is to be none.</returns>
    public static byte[]? Write(string? layout, ModelFolderReport report)
    {
        string path = report.PathOf(RouterModelDescription.FileName);
        bool exists = File.Exists(path);
        if (RouterModelDescriptionReader.Read(report) is null || (layout is null && !exists))
        {
            return null;
        }

        byte[]? own = exists ? File.ReadAllBytes(path) : null;
        return layout is null ? own : With(layout, own);
    }

    private static byte[] With(string layout, byte[]? own)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartObject();
            if (own is null)
            {
                json.WriteNumber("schema", RouterModelDescriptionReader.Schema);
                json.WriteString("kind", RouterModelDescriptionReader.Kind);
            }
            else
            {
                using JsonDocument document = UnicodeJson.Parse(own);
                foreach (JsonProperty property in document.RootElement.EnumerateObject().Where(property => property.Name != Layout))
                {
                    property.WriteTo(json);
                }
            }

            json.WriteString(Layout, layout);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
