using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads an encoder's <c>router.json</c> and refuses what this version does not know.</summary>
internal static class EncoderDescriptionReader
{
    private const int Schema = 1;
    private const string Kind = "encoder";
    private const string Layout = "policy-encoder-v1";
    private const string GetAgain = "Fetch the model folder again.";
    private const string Update = "Use a model of this version, or a newer ArchRouter.Onnx.";

    /// <returns>The description, or <see langword="null"/> if there are problems.</returns>
    public static EncoderDescription? Read(ModelFolderReport report)
    {
        string path = report.PathOf(EncoderDescription.FileName);
        if (!File.Exists(path))
        {
            report.Add(EncoderDescription.FileName, "The file is missing; it describes the model.", "Name a folder that holds router.json, model.onnx and tokenizer.json.");
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(JsonFile.Read(path));
            return Read(new JsonFields(document.RootElement, EncoderDescription.FileName, report, GetAgain));
        }
        catch (Exception error) when (JsonFile.IsUnreadable(error))
        {
            report.Add(EncoderDescription.FileName, $"The file cannot be read as JSON: {error.Message}", GetAgain, error);
            return null;
        }
    }

    private static EncoderDescription? Read(JsonFields json)
    {
        json.Require("schema", Schema, Update);
        json.Require("kind", Kind, Update);
        json.Require("layout", Layout, Update);
        JsonFields window = json.Object("window");
        JsonFields hashes = json.Object("sha256");
        string model = json.FileName("model");
        string tokenizer = json.FileName("tokenizer");
        var description = new EncoderDescription(
            json.Text("id"),
            model,
            tokenizer,
            json.Whole("dimensions", 1, 65_536),
            json.Whole("max_tokens", 3, 65_536),
            json.Positive("scale"),
            json.Positive("temperature"),
            new ConversationLimits(
                window.Whole("messages", 1, ConversationWindow.MaxMessages),
                window.Whole("latest_code_points", 2, 1_000_000),
                window.Whole("earlier_code_points", 2, 1_000_000)),
            new Dictionary<string, string> { [model] = hashes.Hash(model), [tokenizer] = hashes.Hash(tokenizer) });
        return json.IsClean ? description : null;
    }
}
