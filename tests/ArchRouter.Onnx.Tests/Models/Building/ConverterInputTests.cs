using System.Text.Json.Nodes;

namespace ArchRouter.Onnx.Tests;

public sealed class ConverterInputTests
{
    private const string Gate = "model.layers.1.mlp.gate_proj.weight";

    [Fact]
    public async Task Convert_TakesShardsAsOneFile()
    {
        using TestCheckpoint whole = FixtureCheckpoint.Llama();
        using TestCheckpoint sharded = FixtureCheckpoint.Llama();
        whole.Write();
        sharded.Write(shards: 3);

        await ModelConverter.ConvertAsync(whole.Path, whole.Target);
        await ModelConverter.ConvertAsync(sharded.Path, sharded.Target);

        Assert.Equal(3, Directory.GetFiles(sharded.Path, "*.safetensors").Length);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole.Target, "model.onnx.data")), File.ReadAllBytes(Path.Combine(sharded.Target, "model.onnx.data")));
    }

    [Theory]
    [InlineData("F16", 1e-3f)]
    [InlineData("BF16", 1e-2f)]
    public async Task Convert_ReadsHalfPrecision(string type, float relative)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Qwen2();
        checkpoint.Write(type);

        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target);

        OnnxReader graph = OnnxReader.Read(checkpoint.Target);
        float[] scales = graph.Floats("model.layers.1.mlp.gate_proj.MatMul.weight_scales");
        float[] decoded = FixtureCheckpoint.Decoded(graph.Bytes("model.layers.1.mlp.gate_proj.MatMul.weight_Q4"), scales);
        float[] original = checkpoint.Tensors[Gate].Values;
        for (int i = 0; i < original.Length; i++)
        {
            // Half a step of the code; a whole one at the end that the code does not reach.
            float step = MathF.Abs(scales[i / 32]);
            Assert.InRange(MathF.Abs(decoded[i] - original[i]), 0, step + (relative * MathF.Abs(original[i])) + 1e-6f);
        }

        Assert.InRange(decoded.Zip(original, (a, b) => MathF.Abs(a - b)).Average(), 0, scales.Average(MathF.Abs) / 3);
    }

    [Fact]
    public async Task Convert_CodesABlockOfZeros()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Tensors[Gate].Values.AsSpan(0, 32).Clear();
        checkpoint.Write();

        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target);

        OnnxReader graph = OnnxReader.Read(checkpoint.Target);
        Assert.All(graph.Bytes("model.layers.1.mlp.gate_proj.MatMul.weight_Q4").Take(16), pair => Assert.Equal(0x88, pair));
        Assert.Equal(0, graph.Floats("model.layers.1.mlp.gate_proj.MatMul.weight_scales")[0]);
    }

    [Theory]
    [InlineData("model_type", "\"mistral\"", "'model_type' is 'mistral'")]
    [InlineData("architectures", "[\"LlamaForSequenceClassification\"]", "'architectures' is")]
    [InlineData("quantization_config", "{\"bits\": 4}", "quantized already")]
    [InlineData("hidden_act", "\"gelu\"", "'hidden_act' is gelu")]
    [InlineData("attention_bias", "true", "'attention_bias' is switched on")]
    [InlineData("rope_scaling", "{\"rope_type\": \"llama3\", \"factor\": 8}", "'llama3' cannot be converted")]
    [InlineData("rope_scaling", "{\"type\": \"linear\", \"factor\": 2}", "'linear' cannot be converted")]
    [InlineData("rope_scaling", "\"linear\"", "The settings of rotary embeddings are linear")]
    [InlineData("rope_theta", "0", "'rope_theta' is 0")]
    [InlineData("num_key_value_heads", "3", "4 attention heads cannot share 3")]
    [InlineData("num_key_value_heads", "\"2\"", "'num_key_value_heads' is String")]
    [InlineData("intermediate_size", "250", "must be multiples of the block of 32")]
    [InlineData("head_dim", "24", "not a multiple of 16")]
    [InlineData("head_dim", "-32", "'head_dim' is -32")]
    [InlineData("head_dim", "16777216", "4 heads of 16777216 are wider")]
    [InlineData("intermediate_size", "null", "'intermediate_size' is Null")]
    [InlineData("eos_token_id", "null", "'eos_token_id' is missing")]
    [InlineData("eos_token_id", "[2, 1021]", "id 1021, but the vocabulary has 1021")]
    public async Task Convert_RefusesWhatTheGraphCannotExpress(string key, string value, string message)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Config[key] = JsonNode.Parse(value);
        checkpoint.Write();

        ModelFolderException error = await checkpoint.FailsAsync();

        Assert.Equal(checkpoint.File_("config.json"), error.FilePath);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_ReadsTheNewerFormOfRotarySettings()
    {
        using TestCheckpoint older = FixtureCheckpoint.Llama();
        using TestCheckpoint newer = FixtureCheckpoint.Llama();
        newer.Config.Remove("rope_theta");
        newer.Config["rope_parameters"] = new JsonObject { ["rope_type"] = "default", ["rope_theta"] = 100_000 };
        older.Write();
        newer.Write();

        await ModelConverter.ConvertAsync(older.Path, older.Target);
        await ModelConverter.ConvertAsync(newer.Path, newer.Target);

        Assert.Equal(OnnxReader.Read(older.Target).Bytes("sin_cache"), OnnxReader.Read(newer.Target).Bytes("sin_cache"));
    }

    [Fact]
    public async Task Convert_TakesControlTokensOfTheGenerationFile()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        File.WriteAllText(checkpoint.File_("generation_config.json"), """{"eos_token_id": [7, 2], "do_sample": true, "temperature": 0.7}""");

        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target);

        JsonNode config = JsonNode.Parse(File.ReadAllText(Path.Combine(checkpoint.Target, "genai_config.json")))!;
        Assert.Equal("[7,2]", config["model"]!["eos_token_id"]!.ToJsonString());
        Assert.False((bool)config["search"]!["do_sample"]!);
    }

    [Fact]
    public async Task Convert_WritesTheLayout()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();

        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target, new() { Layout = "arch-router-card" });

        Assert.Equal("arch-router-card", Description(checkpoint)!.Layout);
    }

    [Fact]
    public async Task Convert_KeepsTheRestOfTheCheckpointsDescription()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        File.WriteAllText(checkpoint.File_("router.json"), """{"schema": 1, "kind": "decoder", "id": "mine", "layout": "arch-gateway", "temperature": 1.5}""");

        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target, new() { Layout = "compact" });

        Assert.Equal(new RouterModelDescription("mine", "compact", 1.5), Description(checkpoint));
    }

    [Fact]
    public async Task Convert_CopiesTheCheckpointsDescription()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        File.WriteAllText(checkpoint.File_("router.json"), """{"schema": 1, "kind": "decoder", "layout": "arch-gateway"}""");

        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target);

        Assert.Equal(File.ReadAllText(checkpoint.File_("router.json")), File.ReadAllText(Path.Combine(checkpoint.Target, "router.json")));
    }

    [Fact]
    public async Task Convert_RefusesADescriptionThatNoEngineWouldTake()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        File.WriteAllText(checkpoint.File_("router.json"), """{"schema": 1, "kind": "encoder"}""");

        Assert.Equal(checkpoint.File_("router.json"), (await checkpoint.FailsAsync()).FilePath);
    }

    [Fact]
    public async Task Convert_RefusesOptionsThatAreNotValid()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target, new() { Target = (ModelTarget)7, Layout = "mine" }));

        Assert.Contains("Target is 7; use Cpu or DirectML. Layout is 'mine'; use one of arch-router-card", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Gate)]
    [InlineData("model.norm.weight")]
    public async Task Convert_RefusesAWeightThatHalfPrecisionCannotHold(string tensor)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Tensors[tensor].Values[3] = -70_000;
        checkpoint.Write();

        ModelFolderException error = await checkpoint.FailsAsync(new() { Target = ModelTarget.DirectML });

        Assert.Contains($"'{tensor}' holds a weight beyond 65500", error.Message, StringComparison.Ordinal);
        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target);
    }

    [Fact]
    public async Task Convert_ListsEveryMissingFile()
    {
        using var checkpoint = new TestCheckpoint();
        File.Delete(checkpoint.File_("tokenizer.json"));

        ModelFolderException error = await checkpoint.FailsAsync();

        Assert.Equal([checkpoint.File_("config.json"), checkpoint.File_("tokenizer.json")], error.Problems.Select(problem => problem.FilePath));
    }

    [Fact]
    public async Task Convert_NamesMissingWeights()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        File.Delete(checkpoint.File_("model.safetensors"));

        Assert.Contains("The weights are missing", (await checkpoint.FailsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_NamesAMissingShard()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write(shards: 3);
        string shard = Directory.GetFiles(checkpoint.Path, "*.safetensors")[1];
        File.Delete(shard);

        Assert.Equal(shard, (await checkpoint.FailsAsync()).FilePath);
    }

    [Fact]
    public async Task Convert_RefusesAShardOutsideTheFolder()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        File.Delete(checkpoint.File_("model.safetensors"));
        File.WriteAllText(checkpoint.File_("model.safetensors.index.json"), """{"weight_map": {"a": "../secret.safetensors"}}""");

        Assert.Contains("'../secret.safetensors', which is not a file of the folder", (await checkpoint.FailsAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "does not begin with the table")]
    [InlineData(200, "does not begin with the table")]
    [InlineData(100_000, "it is truncated")]
    public async Task Convert_FindsTruncatedWeights(int length, string message)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        using (FileStream file = File.OpenWrite(checkpoint.File_("model.safetensors")))
        {
            file.SetLength(length);
        }

        ModelFolderException error = await checkpoint.FailsAsync();

        Assert.Equal(checkpoint.File_("model.safetensors"), error.FilePath);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_NamesMissingWrongAndUnknownTensors()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Tensors.Remove("model.norm.weight");
        checkpoint.Tensors[Gate] = ([128, 256], checkpoint.Tensors[Gate].Values);
        checkpoint.Tensors["model.layers.0.self_attn.q_norm.weight"] = ([2], [1, 1]);
        checkpoint.Tensors["lm_head.weight"] = ([1], [1]);
        checkpoint.Write();

        ModelFolderException error = await checkpoint.FailsAsync();

        Assert.Equal(3, error.Problems.Count);
        Assert.Contains(error.Problems, problem => problem.Message.Contains("'model.norm.weight' is missing", StringComparison.Ordinal));
        Assert.Contains(error.Problems, problem => problem.Message.Contains($"'{Gate}' has shape [128, 256]; config.json asks for [256, 128]", StringComparison.Ordinal));
        Assert.Contains(error.Problems, problem => problem.Message.Contains("q_norm.weight' has no place", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public async Task Convert_LeavesNothingAfterAWeightThatIsNoNumber(float value)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Tensors[Gate].Values[77] = value;
        checkpoint.Write();

        ModelFolderException error = await checkpoint.FailsAsync();

        Assert.Equal(checkpoint.File_("model.safetensors"), error.FilePath);
        Assert.Contains($"'{Gate}' holds a weight that is not a finite number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_LeavesNothingWhenCancelled()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        using var source = new CancellationTokenSource();
        var progress = new Callback<ModelProgress>(_ => source.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target, progress: progress, cancellationToken: source.Token));

        Assert.Empty(checkpoint.Beside);
    }

    [Fact]
    public async Task Convert_ReportsProgressToTheEnd()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        var reports = new List<ModelProgress>();

        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target, progress: new Callback<ModelProgress>(reports.Add));

        long length = new FileInfo(Path.Combine(checkpoint.Target, "model.onnx.data")).Length;
        Assert.Equal(new ModelProgress("model.onnx.data", length, length), reports[^1]);
        Assert.Equal(reports.Select(report => report.Done).Order(), reports.Select(report => report.Done));
    }

    [Fact]
    public async Task Convert_DoesNotTouchWhatIsThere()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        Directory.CreateDirectory(checkpoint.Target);
        File.WriteAllText(Path.Combine(checkpoint.Target, "mine.txt"), "mine");

        var error = await Assert.ThrowsAsync<ModelFolderException>(() => ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target));

        Assert.Equal(checkpoint.Target, error.FilePath);
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(checkpoint.Target).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Convert_FillsAnEmptyFolder()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        File.WriteAllText(checkpoint.File_("LICENSE"), "Apache");
        File.SetAttributes(checkpoint.File_("LICENSE"), FileAttributes.ReadOnly);
        Directory.CreateDirectory(checkpoint.Target);

        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target);

        IEnumerable<string?> names = Directory.EnumerateFileSystemEntries(checkpoint.Target).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["LICENSE", "genai_config.json", "model.onnx", "model.onnx.data", "tokenizer.json", "tokenizer_config.json"], names);
        Assert.False(new FileInfo(Path.Combine(checkpoint.Target, "LICENSE")).IsReadOnly);
        File.SetAttributes(checkpoint.File_("LICENSE"), FileAttributes.Normal);
    }

    private static RouterModelDescription? Description(TestCheckpoint checkpoint)
    {
        var report = new ModelFolderReport(checkpoint.Target);
        RouterModelDescription? description = RouterModelDescriptionReader.Read(report);
        report.ThrowIfAny();
        return description;
    }

    private sealed class Callback<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
