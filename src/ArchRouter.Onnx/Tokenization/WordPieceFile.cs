using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads a WordPiece vocabulary from a <c>tokenizer.json</c> in the form of Hugging Face's tokenizers.</summary>
internal static class WordPieceFile
{
    private const string Prefix = "##";
    private static readonly string[] Special = ["[UNK]", "[CLS]", "[SEP]"];
    private const string Fix = "Take the tokenizer.json that belongs to the model: uncased BERT WordPiece.";

    /// <returns>The vocabulary, or <see langword="null"/> if there are problems.</returns>
    public static WordPieceVocabulary? Read(string file, ModelFolderReport report)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(JsonFile.Read(report.PathOf(file)));
            return CheckKind(document.RootElement, file, report) ? ReadVocabulary(document.RootElement.GetProperty("model").GetProperty("vocab"), file, report) : null;
        }
        catch (Exception error) when (JsonFile.IsUnreadable(error))
        {
            report.Add(file, $"The file cannot be read as JSON: {error.Message}", Fix, error);
            return null;
        }
    }

    /// <summary>Everything that would give other tokens than ours is refused: a cased model, for one, has the same kind of file.</summary>
    private static bool CheckKind(JsonElement root, string file, ModelFolderReport report)
    {
        List<string> wrong = [];
        Expect(root, ["model", "type"], "WordPiece", wrong);
        Expect(root, ["model", "continuing_subword_prefix"], Prefix, wrong);
        Expect(root, ["model", "max_input_chars_per_word"], "100", wrong);
        Expect(root, ["normalizer", "type"], "BertNormalizer", wrong);
        Expect(root, ["normalizer", "lowercase"], "True", wrong);
        Expect(root, ["pre_tokenizer", "type"], "BertPreTokenizer", wrong);

        // These may be left out; the format's defaults are what is done here. Accents go with the capitals where the file does not say.
        ExpectIfSet(root, ["model", "unk_token"], Special[0], wrong);
        ExpectIfSet(root, ["normalizer", "clean_text"], "True", wrong);
        ExpectIfSet(root, ["normalizer", "handle_chinese_chars"], "True", wrong);
        ExpectIfSet(root, ["normalizer", "strip_accents"], "True", wrong);
        if (TokenizerJson.Get(root, "model", "vocab").ValueKind != JsonValueKind.Object)
        {
            wrong.Add("'model.vocab' is missing");
        }

        if (wrong.Count > 0)
        {
            report.Add(file, $"This is not an uncased WordPiece tokenizer: {string.Join(", ", wrong)}.", Fix);
        }

        return wrong.Count == 0;
    }

    private static WordPieceVocabulary? ReadVocabulary(JsonElement vocabulary, string file, ModelFolderReport report)
    {
        Dictionary<string, int> beginnings = new(32_768);
        Dictionary<string, int> continuations = new(8_192);
        int size = 0;
        foreach (JsonProperty entry in vocabulary.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out int id) || id < 0)
            {
                report.Add(file, $"The id of '{entry.Name}' is {entry.Value}, not a whole number of 0 or more.", Fix);
                return null;
            }

            size = Math.Max(size, id + 1);
            bool continues = entry.Name.Length > Prefix.Length && entry.Name.StartsWith(Prefix, StringComparison.Ordinal);
            (continues ? continuations : beginnings)[continues ? entry.Name[Prefix.Length..] : entry.Name] = id;
        }

        string[] missing = [.. Special.Where(token => !beginnings.ContainsKey(token))];
        if (missing.Length > 0)
        {
            report.Add(file, $"The vocabulary lacks {string.Join(", ", missing)}.", Fix);
            return null;
        }

        return new(beginnings, continuations, new(beginnings[Special[0]], beginnings[Special[1]], beginnings[Special[2]]), size);
    }

    private static void Expect(JsonElement root, string[] path, string expected, List<string> wrong)
    {
        string found = TokenizerJson.Get(root, path).ToString();
        if (found != expected)
        {
            wrong.Add($"'{string.Join('.', path)}' is {(found.Length == 0 ? "missing" : $"'{found}'")}, not '{expected}'");
        }
    }

    private static void ExpectIfSet(JsonElement root, string[] path, string expected, List<string> wrong)
    {
        if (!TokenizerJson.IsUnset(TokenizerJson.Get(root, path)))
        {
            Expect(root, path, expected, wrong);
        }
    }
}
