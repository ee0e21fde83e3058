using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads a router model's <c>router.json</c>.</summary>
internal static class RouterModelDescriptionReader
{
    public const int Schema = 1;
    public const string Kind = "decoder";
    private const string Fix = "Correct the file, or remove it and set DecoderOptions.Layout.";

    /// <returns>The description, or <see langword="null"/> if there are problems.</returns>
    public static RouterModelDescription? Read(ModelFolderReport report)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(report.Folder)));
        string path = report.PathOf(RouterModelDescription.FileName);
        if (!File.Exists(path))
        {
            return new RouterModelDescription(name, null, 1);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(JsonFile.Read(path));
            return Read(new JsonFields(document.RootElement, RouterModelDescription.FileName, report, Fix), name);
        }
        catch (Exception error) when (JsonFile.IsUnreadable(error))
        {
            report.Add(RouterModelDescription.FileName, $"The file cannot be read as JSON: {error.Message}", Fix, error);
            return null;
        }
    }

    private static RouterModelDescription? Read(JsonFields json, string name)
    {
        json.Require("schema", Schema, "Use a model of this version, or a newer ArchRouter.Onnx.");
        json.Require("kind", Kind, "Name the folder of a router model; encoders are loaded by EncoderRouterEngine.");
        var description = new RouterModelDescription(
            json.Has("id") ? json.Text("id") : name,
            json.Has("layout") ? json.Text("layout") : null,
            json.Has("temperature") ? json.Positive("temperature") : 1);
        return json.IsClean ? description : null;
    }
}
