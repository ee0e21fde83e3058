using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Finds the chat template of a folder, which says what stands around a prompt.</summary>
internal static class ChatTemplateFile
{
    private const string ConfigFile = "tokenizer_config.json";
    private const string Key = "chat_template";
    private const string Fix = "Fetch the model folder again with its tokenizer_config.json and chat template; router models speak ChatML.";

    // Where Hugging Face and ONNX Runtime GenAI put it; the latter looks beside the configuration only if it has none.
    private static readonly string[] Files = [ConfigFile, "chat_template.jinja", "chat_template.json"];

    /// <returns>The frame, or <see langword="null"/> if there are problems.</returns>
    public static ChatFrame? Read(ModelFolderReport report)
    {
        foreach (string file in Files)
        {
            try
            {
                if (File.Exists(report.PathOf(file)) && TemplateOf(file, File.ReadAllText(report.PathOf(file))) is { } template)
                {
                    return ChatFrame.FromTemplate(template, out string problem) ?? Problem(file, problem, report);
                }
            }
            catch (Exception error) when (JsonFile.IsUnreadable(error))
            {
                return Problem(file, $"The file cannot be read: {error.Message}", report, error);
            }
        }

        return Problem(ConfigFile, "The folder has no chat template.", report);
    }

    private static string? TemplateOf(string file, string text)
    {
        if (!file.EndsWith(".json", StringComparison.Ordinal))
        {
            return text;
        }

        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement template = TokenizerJson.Get(document.RootElement, Key);
        if (template.ValueKind == JsonValueKind.Array)
        {
            // Models with several, such as one for tools, name them.
            template = TokenizerJson.Get(template.EnumerateArray().FirstOrDefault(named => TokenizerJson.IsText(TokenizerJson.Get(named, "name"), "default")), "template");
        }

        return template.ValueKind == JsonValueKind.String ? template.GetString() : null;
    }

    private static ChatFrame? Problem(string file, string message, ModelFolderReport report, Exception? error = null)
    {
        report.Add(file, message, Fix, error);
        return null;
    }
}
