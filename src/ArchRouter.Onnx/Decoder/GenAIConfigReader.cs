using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads the parts of a <c>genai_config.json</c> that a decoder needs; what concerns sampling is left alone, for nothing is sampled here.</summary>
internal static class GenAIConfigReader
{
    private const string GetAgain = "Fetch or build the model folder again.";

    // Bounds that no real model reaches, so that a damaged number cannot ask for all memory.
    private const int MostTokens = 16_777_216;
    private const int MostLayers = 1_024;
    private const int MostHeads = 1_024;
    private const int MostHeadSize = 4_096;

    /// <returns>The description, or <see langword="null"/> if there are problems.</returns>
    public static GenAIConfig? Read(ModelFolderReport report)
    {
        string path = report.PathOf(GenAIConfig.FileName);
        if (!File.Exists(path))
        {
            report.Add(GenAIConfig.FileName, "The file is missing; it describes the model.", "Name a folder in the form of ONNX Runtime GenAI, as its model builder writes it.");
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(JsonFile.Read(path));
            return Read(new JsonFields(document.RootElement, GenAIConfig.FileName, report, GetAgain).Object("model"));
        }
        catch (Exception error) when (JsonFile.IsUnreadable(error))
        {
            report.Add(GenAIConfig.FileName, $"The file cannot be read as JSON: {error.Message}", GetAgain, error);
            return null;
        }
    }

    private static GenAIConfig? Read(JsonFields model)
    {
        JsonFields decoder = model.Object("decoder");
        int vocabulary = model.Whole("vocab_size", 1, MostTokens);
        var config = new GenAIConfig(
            decoder.FileName("filename"),
            vocabulary,
            model.Whole("context_length", 2, MostTokens),
            model.Wholes("eos_token_id", 0, MostTokens),
            decoder.Whole("num_hidden_layers", 1, MostLayers),
            decoder.Whole("num_key_value_heads", 1, MostHeads),
            decoder.Whole("head_size", 1, MostHeadSize),
            Names(decoder.Object("inputs"), decoder.Object("outputs")));
        return model.IsClean ? config : null;
    }

    private static DecoderNames Names(JsonFields inputs, JsonFields outputs) => new(
        inputs.Text("input_ids"),
        inputs.Text("attention_mask"),
        inputs.Has("position_ids") ? inputs.Text("position_ids") : null,
        inputs.Text("past_key_names"),
        inputs.Text("past_value_names"),
        outputs.Text("logits"),
        outputs.Text("present_key_names"),
        outputs.Text("present_value_names"));
}
