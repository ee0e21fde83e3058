using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Makes the <c>router.json</c> of a converted model from that of its checkpoint, if there is one, and the layout that was asked for.</summary>
internal static class RouterModelDescriptionWriter
{
    private const string Layout = "layout";

    public static byte[] Write(string layout, JsonDocument? own)
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
                foreach (JsonProperty property in own.RootElement.EnumerateObject().Where(property => property.Name != Layout))
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
