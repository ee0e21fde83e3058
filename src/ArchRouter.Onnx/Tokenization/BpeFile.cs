using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads a byte-level BPE tokenizer from a <c>tokenizer.json</c> in the form of Hugging Face's tokenizers.</summary>
internal static class BpeFile
{
    public const string Fix = "Take the tokenizer.json that belongs to the model: byte-level BPE as Qwen 2, Llama 3 and SmolLM have it.";

    /// <returns>The tokenizer, or <see langword="null"/> if there are problems.</returns>
    public static BpeTokenizer? Read(string file, ModelFolderReport report)
    {
        try
        {
            return Read(JsonFile.Read(report.PathOf(file)), file, report);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report.Add(file, $"The file cannot be read: {error.Message}", Fix, error);
            return null;
        }
    }

    /// <inheritdoc cref="Read(string, ModelFolderReport)"/>
    public static BpeTokenizer? Read(ReadOnlyMemory<byte> json, string file, ModelFolderReport report)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(new TokenizerJson(document.RootElement, file, report, Fix));
        }
        catch (Exception error) when (JsonFile.IsDamaged(error))
        {
            report.Add(file, $"The file cannot be read as JSON: {error.Message}", Fix, error);
            return null;
        }
    }

    private static BpeTokenizer? Read(TokenizerJson json)
    {
        BpeText? text = BpeTextReader.Read(json);
        BpeVocabularyReader? tokens = BpeVocabularyReader.Read(json);
        return text is null || tokens is null || !json.IsClean ? null : new(tokens.ToVocabulary(), text, tokens.Added);
    }
}
