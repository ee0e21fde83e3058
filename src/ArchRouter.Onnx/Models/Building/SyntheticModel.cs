using System.Text;
using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Makes folders with random weights for tests and benchmarks: the speed and the memory of a real model, and answers without sense.</summary>
internal static class SyntheticModel
{
    private const string EndOfText = "<|endoftext|>";
    private const string EndOfTurn = "<|im_end|>";

    /// <summary>Writes a folder.</summary>
    /// <param name="folder">The folder to make. It must not exist, or be empty.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="tokenizerFile">A <c>tokenizer.json</c> that has the ChatML tokens; <c>tokenizer_config.json</c> and <c>chat_template.jinja</c> beside it are taken too.</param>
    /// <param name="seed">The same seed and shape give the same bytes.</param>
    public static void Create(string folder, GenAIShape shape, string tokenizerFile, int seed = 1)
    {
        if (shape.Target != ModelTarget.Cpu)
        {
            throw new ArgumentException("Random weights are written in single precision, for the processor.", nameof(shape));
        }

        ControlTokens tokens = Tokens(tokenizerFile, shape);
        GenAIPlan plan = GenAIGraph.Build(shape);
        GenAIFolderWriter.Write(
            folder,
            plan,
            GenAIConfigWriter.Write(shape, tokens),
            file => new SyntheticWeights(shape, seed, file).Write(plan),
            work => CopyTokenizer(tokenizerFile, work));
    }

    private static ControlTokens Tokens(string tokenizerFile, GenAIShape shape)
    {
        using JsonDocument document = JsonDocument.Parse(JsonFile.Read(tokenizerFile));
        JsonElement json = document.RootElement;
        var added = json.GetProperty("added_tokens").EnumerateArray().ToDictionary(token => token.GetProperty("content").GetString()!, token => token.GetProperty("id").GetInt32());
        int most = json.GetProperty("model").GetProperty("vocab").EnumerateObject().Select(entry => entry.Value.GetInt32()).Concat(added.Values).Max();
        if (most >= shape.Vocabulary)
        {
            throw new ArgumentException($"The tokenizer has ids up to {most}, but the shape's vocabulary has {shape.Vocabulary} entries.", nameof(shape));
        }

        return added.TryGetValue(EndOfText, out int text) && added.TryGetValue(EndOfTurn, out int turn)
            ? new(text, [turn, text], text)
            : throw new ArgumentException($"The tokenizer lacks {EndOfText} or {EndOfTurn}.", nameof(tokenizerFile));
    }

    private static void CopyTokenizer(string tokenizerFile, string work)
    {
        string source = Path.GetDirectoryName(Path.GetFullPath(tokenizerFile))!;
        GenAIFolderWriter.Copy(tokenizerFile, work, GenAIFolderWriter.TokenizerFile);
        foreach (string file in ((string[])[GenAIFolderWriter.TokenizerConfigFile, GenAIFolderWriter.ChatTemplateFile]).Where(file => File.Exists(Path.Combine(source, file))))
        {
            GenAIFolderWriter.Copy(Path.Combine(source, file), work, file);
        }

        string config = Path.Combine(work, GenAIFolderWriter.TokenizerConfigFile);
        if (!File.Exists(config))
        {
            File.WriteAllText(config, $$"""{"tokenizer_class": "Qwen2Tokenizer", "eos_token": "{{EndOfTurn}}", "pad_token": "{{EndOfText}}"}""", new UTF8Encoding(false));
        }
    }
}
