using System.Text.Json.Nodes;

namespace ArchRouter.Onnx.Tests;

public sealed class DecoderFolderTests
{
    private const int Float = 1;
    private const int Int64 = 7;
    private const string Config = "genai_config.json";
    private const string Graph = "model.onnx";
    private const string Weights = "model.onnx.data";

    [Fact]
    public void Load_NamesAMissingFolder()
    {
        var error = Assert.Throws<ModelFolderException>(() => Decoders.Load(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString())));

        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Config)]
    [InlineData(Graph)]
    [InlineData(Weights)]
    public void Load_NamesAMissingFile(string file)
    {
        using var folder = new GenAIFolder();
        File.Delete(folder.File_(file));

        Fails(folder, file, "missing");
    }

    [Theory]
    [InlineData(Config, 10, "cannot be read as JSON")]
    [InlineData(Graph, 10, "cannot be read as ONNX")]
    [InlineData(Graph, 20_000, "cannot be read as ONNX")]
    [InlineData(Weights, 1, "truncated")]
    [InlineData(Weights, 3_000_000, "truncated")]
    public void Load_NamesATruncatedFile(string file, int bytes, string problem)
    {
        using var folder = new GenAIFolder();
        folder.Truncate(file, bytes);

        Fails(folder, file, problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is not a graph but a page that says so.")]
    public void Load_NamesAGraphThatIsNone(string content)
    {
        using var folder = new GenAIFolder();
        File.WriteAllText(folder.File_(Graph), content);

        Fails(folder, Graph, "cannot be read as ONNX");
    }

    [Fact]
    public void Load_RefusesWeightsOutsideTheFolder()
    {
        using var folder = new GenAIFolder();
        NameWeights(folder, "../../onnx.data");

        Fails(folder, Graph, "'../../onnx.data'");
    }

    [Fact]
    public void Load_RefusesWeightsInAFileThatCannotBe()
    {
        using var folder = new GenAIFolder();
        NameWeights(folder, "model\0onnx.data");

        Fails(folder, Graph, "'model\0onnx.data', which is not a file in the folder");
    }

    [Fact]
    public void Load_RefusesAFileNameThatCannotBe()
    {
        using var folder = new GenAIFolder();
        folder.Configure(model => model["decoder"]!["filename"] = "model\0.onnx");

        Fails(folder, Config, "'model.decoder.filename' is 'model\0.onnx', not the name of a file in the folder");
    }

    [Fact]
    public void Load_ReadsNoMoreAtATimeThanTheContextHolds()
    {
        var report = new ModelFolderReport(GoldenDecoder.FolderOf("tiny-qwen2-fp32"));
        (GenAIConfig config, OnnxContents contents) = DecoderLoader.Describe(report)!.Value;
        var options = new DecoderOptions { MaxContextTokens = 100, ChunkTokens = int.MaxValue };

        using DecoderSession session = DecoderLoader.Load(config, contents, options, report);

        Assert.Equal(100, session.ContextLength);
        Assert.Equal(100, session.Chunk);
    }

    [Fact]
    public void Load_ListsEveryMissingKeyAtOnce()
    {
        using var folder = new GenAIFolder();
        File.WriteAllText(folder.File_(Config), """{ "model": { "decoder": { "inputs": {}, "outputs": {} } } }""");

        ModelFolderException error = Fails(folder, Config, "'model.vocab_size' is missing");

        string[] keys = ["context_length", "eos_token_id", "decoder.filename", "decoder.head_size", "decoder.inputs.past_key_names", "decoder.outputs.logits"];
        Assert.All(keys, key => Assert.Contains($"'model.{key}' is missing", error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "num_hidden_layers": 4 }""", "no input 'past_key_values.3.key'")]
    [InlineData("""{ "num_hidden_layers": 2 }""", "an input 'past_key_values.2.key' that genai_config.json does not account for")]
    [InlineData("""{ "num_key_value_heads": 3 }""", "'past_key_values.0.key' is Float")]
    [InlineData("""{ "head_size": 48 }""", "cannot be run")]
    public void Load_NamesAGraphOfAnotherShape(string decoder, string problem)
    {
        using var folder = new GenAIFolder();
        folder.Configure(model => Change(model["decoder"]!.AsObject(), decoder));

        Fails(folder, Graph, problem);
    }

    [Theory]
    [InlineData("inputs", """{ "input_ids": "tokens" }""", "no input 'tokens'; it has")]
    [InlineData("inputs", """{ "past_key_names": "cache.%d.k" }""", "no input 'cache.0.k'")]
    [InlineData("inputs", """{ "position_ids": "position_ids" }""", "no input 'position_ids'")]
    [InlineData("outputs", """{ "logits": "scores" }""", "no output 'scores'")]
    [InlineData("outputs", """{ "present_value_names": "cache.%d.v" }""", "no output 'cache.0.v'")]
    public void Load_NamesAGraphWithOtherNames(string part, string names, string problem)
    {
        using var folder = new GenAIFolder();
        folder.Configure(model => Change(model["decoder"]![part]!.AsObject(), names));

        Fails(folder, Graph, problem);
    }

    [Fact]
    public void Load_NamesAnInputThatIsNotAccountedFor()
    {
        using var folder = new GenAIFolder("tiny-qwen2-int4-dml");
        folder.Configure(model => model["decoder"]!["inputs"]!.AsObject().Remove("position_ids"));

        Fails(folder, Graph, "'position_ids' that genai_config.json does not account for");
    }

    [Fact]
    public void Load_NamesAnotherVocabulary()
    {
        using var folder = new GenAIFolder();
        folder.Configure(model => model["vocab_size"] = 1000);

        Fails(folder, Graph, "1000");
    }

    [Theory]
    [InlineData("eos_token_id", "[2, -1]")]
    [InlineData("context_length", "0")]
    [InlineData("vocab_size", "1e99")]
    [InlineData("decoder", "{}")]
    [InlineData("decoder", "7")]
    public void Load_NamesAValueThatMakesNoSense(string key, string value)
    {
        using var folder = new GenAIFolder();
        folder.Configure(model => model[key] = JsonNode.Parse(value));

        Fails(folder, Config, $"'model.{key}");
    }

    [Fact]
    public void Load_TakesOneEndTokenOrSeveral()
    {
        using var folder = new GenAIFolder();
        Assert.Single(Described(folder).EndTokens);

        folder.Configure(model => model["eos_token_id"] = new JsonArray(3, 5));

        Assert.Equal([3, 5], Described(folder).EndTokens);
    }

    [Fact]
    public void Load_TakesAGraphThatGivesTheLastLogitsOnly()
    {
        using var folder = new GenAIFolder();
        folder.AppendToLogits(
            "Slice",
            ("from", Int64, [1], BitConverter.GetBytes(-1L)),
            ("to", Int64, [1], BitConverter.GetBytes(long.MaxValue)),
            ("axis", Int64, [1], BitConverter.GetBytes(1L)));
        using DecoderPlaces pruned = Decoders.Load(folder.Path, new DecoderOptions { ChunkTokens = 16 });
        using DecoderPlaces whole = Decoders.LoadKind("tiny-qwen2-fp32", new DecoderOptions { ChunkTokens = 16 });
        int[] prompt = [.. Enumerable.Range(5, 41)];

        Assert.True(pruned.Shape.LastLogitsOnly);
        Assert.False(whole.Shape.LastLogitsOnly);
        Assert.Equal(whole.All[0].Read(prompt), pruned.All[0].Read(prompt));
        Assert.Equal(whole.All[0].Answer([7, 8]), pruned.All[0].Answer([7, 8]));
    }

    [Theory]
    [InlineData("tiny-qwen2-fp32")]
    [InlineData("tiny-qwen2-int4-dml")]
    public void Load_RefusesWeightsThatAreNoNumbers(string kind)
    {
        using var folder = new GenAIFolder(kind);
        byte[] weights = File.ReadAllBytes(folder.File_("model.onnx.data"));

        // In every precision a number of nothing but ones is none.
        weights.AsSpan().Fill(0xFF);
        File.WriteAllBytes(folder.File_("model.onnx.data"), weights);

        Fails(folder, "model.onnx", "logits that are not finite numbers");
    }

    [Fact]
    public void Start_RefusesLogitsThatAreNoNumbers()
    {
        const int Spoilt = 2;
        using var folder = new GenAIFolder();
        OnnxReader.Tensor embeddings = OnnxReader.Read(folder.Path).Weights["model.embed_tokens.weight"];
        int row = (int)embeddings.Length / Described(folder).VocabularySize;
        byte[] weights = File.ReadAllBytes(folder.File_("model.onnx.data"));
        weights.AsSpan((int)embeddings.Offset + (Spoilt * row), row).Fill(0xFF);
        File.WriteAllBytes(folder.File_("model.onnx.data"), weights);
        using DecoderPlaces places = Decoders.Load(folder.Path);

        var error = Assert.Throws<InvalidOperationException>(() => places.All[0].Read([1, Spoilt]));

        Assert.Contains("not a finite number", error.Message, StringComparison.Ordinal);
    }

    private static void NameWeights(GenAIFolder folder, string name)
    {
        string text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(folder.File_(Graph))).Replace("model.onnx.data", name, StringComparison.Ordinal);
        File.WriteAllBytes(folder.File_(Graph), System.Text.Encoding.Latin1.GetBytes(text));
    }

    private static GenAIConfig Described(GenAIFolder folder)
    {
        var report = new ModelFolderReport(folder.Path);
        GenAIConfig? config = DecoderLoader.Describe(report)?.Config;
        report.ThrowIfAny();
        return config!;
    }

    private static void Change(JsonObject target, string changes)
    {
        foreach ((string key, JsonNode? value) in JsonNode.Parse(changes)!.AsObject())
        {
            target[key] = value!.DeepClone();
        }
    }

    private static ModelFolderException Fails(GenAIFolder folder, string file, string problem)
    {
        var error = Assert.Throws<ModelFolderException>(() => Decoders.Load(folder.Path));
        Assert.Contains(error.Problems, found => found.FilePath == folder.File_(file) && found.Message.Contains(problem, StringComparison.Ordinal));
        Assert.All(error.Problems, found => Assert.NotEmpty(found.Fix));
        return error;
    }
}
