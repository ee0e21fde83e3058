using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace ArchRouter.Onnx.Tests;

public sealed class ModelConverterTests(ITestOutputHelper output)
{
    // The kernel rounds activations to 8 bits, so a last bit can tip one to the next step: the builder's own folders are 0.06 to 0.09 off their recorded logits
    // on another processor. A tenth of our sines and cosines differ from the builder's in the last bit, which tips no more than that.
    // Coding the weights in 4 bits costs the builder 3.8 to 6.8 on the same prompts.
    private const float Tipped = 0.15f;

    // What rounding activations to 8 bits on the one side and to half precision on the other makes between two forms of one model.
    private const float HalfPrecision = 0.5f;

    [Theory]
    [InlineData(GenAIFixture.Qwen2)]
    [InlineData(GenAIFixture.Llama)]
    [InlineData(GenAIFixture.DirectML)]
    public async Task Convert_GivesTheBuildersGraph(string fixture)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Of(fixture);
        OnnxReader expected = OnnxReader.Read(GenAIFixture.Folder(fixture));

        OnnxReader found = await ConvertAsync(checkpoint, fixture);

        Assert.Equal(expected.Nodes.Select(node => node.ToString()), found.Nodes.Select(node => node.ToString()));

        // The builder leaves the length of a head open in its declarations.
        Assert.Equal(expected.Inputs.Select(value => value.Replace("kv_cache_dim", "32", StringComparison.Ordinal)), found.Inputs);
        Assert.Equal(expected.Outputs.Select(value => value.Replace("kv_cache_dim", "32", StringComparison.Ordinal)), found.Outputs);
        Assert.Equal(expected.Opsets.Keys.Order(), found.Opsets.Keys.Order());
    }

    [Theory]
    [InlineData(GenAIFixture.Qwen2)]
    [InlineData(GenAIFixture.Llama)]
    [InlineData(GenAIFixture.DirectML)]
    public async Task Convert_GivesTheBuildersWeights(string fixture)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Of(fixture);
        OnnxReader expected = OnnxReader.Read(GenAIFixture.Folder(fixture));

        OnnxReader found = await ConvertAsync(checkpoint, fixture);

        Assert.Equal(expected.Weights.Values, found.Weights.Values);
        foreach (string name in expected.Weights.Keys)
        {
            if (name.EndsWith("_cache", StringComparison.Ordinal))
            {
                // A last bit in single precision, which can tip the rounding to half precision.
                bool half = fixture == GenAIFixture.DirectML;
                float difference = half ? Difference(expected.Halves(name), found.Halves(name)) : Difference(expected.Floats(name), found.Floats(name));
                output.WriteLine($"{name}: largest difference {difference:R}");
                Assert.InRange(difference, 0, half ? 5e-4f : 1e-6f);
            }
            else
            {
                Assert.True(expected.Bytes(name).AsSpan().SequenceEqual(found.Bytes(name)), name);
            }
        }
    }

    [Theory]
    [InlineData(GenAIFixture.Qwen2)]
    [InlineData(GenAIFixture.Llama)]
    [InlineData(GenAIFixture.DirectML)]
    public async Task Convert_GivesTheBuildersLogits(string fixture)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Of(fixture);
        await ConvertAsync(checkpoint, fixture);
        using var run = new PlainRun(checkpoint.Target) { HeadSize = 32 };
        using var reference = new PlainRun(GenAIFixture.Folder(fixture)) { HeadSize = 32 };

        foreach (GenAIFixture.Prompt prompt in GenAIFixture.Prompts(fixture))
        {
            float[] logits = run.LastLogits(prompt.Ids);
            float[] here = reference.LastLogits(prompt.Ids);
            output.WriteLine($"{prompt.Ids.Length} tokens, logits to {prompt.Logits.Max(MathF.Abs):R}: {Difference(prompt.Logits, logits):R} off the recorded ones "
                + $"(the builder's folder here: {Difference(prompt.Logits, here):R}), {Difference(here, logits):R} off the builder's folder here");
            Assert.InRange(Difference(prompt.Logits, logits), 0, Tipped);
            Assert.InRange(Difference(here, logits), 0, Tipped);
        }
    }

    [Theory]
    [InlineData(GenAIFixture.Qwen2)]
    [InlineData(GenAIFixture.Llama)]
    [InlineData(GenAIFixture.DirectML)]
    public async Task Convert_RunsBitForBitAsTheBuilder_WithTheBuildersCaches(string fixture)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Of(fixture);
        OnnxReader found = await ConvertAsync(checkpoint, fixture);
        OnnxReader expected = OnnxReader.Read(GenAIFixture.Folder(fixture));
        using (FileStream data = File.OpenWrite(Path.Combine(checkpoint.Target, "model.onnx.data")))
        {
            foreach (string name in (string[])["cos_cache", "sin_cache"])
            {
                data.Position = found.Weights[name].Offset;
                data.Write(expected.Bytes(name));
            }
        }

        using var run = new PlainRun(checkpoint.Target) { HeadSize = 32 };
        using var reference = new PlainRun(GenAIFixture.Folder(fixture)) { HeadSize = 32 };
        foreach (GenAIFixture.Prompt prompt in GenAIFixture.Prompts(fixture))
        {
            Assert.Equal(reference.LastLogits(prompt.Ids), run.LastLogits(prompt.Ids));
        }
    }

    [Fact]
    public async Task Convert_CostsWhatFourBitsCost()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Qwen2();
        await ConvertAsync(checkpoint, GenAIFixture.Qwen2);
        using var run = new PlainRun(checkpoint.Target) { HeadSize = 32 };

        foreach ((GenAIFixture.Prompt exact, GenAIFixture.Prompt coded) in GenAIFixture.Prompts("tiny-qwen2-fp32").Zip(GenAIFixture.Prompts(GenAIFixture.Qwen2)))
        {
            float builder = Difference(exact.Logits, coded.Logits);
            float ours = Difference(exact.Logits, run.LastLogits(exact.Ids));
            output.WriteLine($"{exact.Ids.Length} tokens: 4 bits cost the builder {builder:R} and the converter {ours:R}");
            Assert.InRange(ours, builder - Tipped, builder + Tipped);
        }
    }

    [Theory]
    [InlineData(GenAIFixture.Qwen2)]
    [InlineData(GenAIFixture.Llama)]
    [InlineData(GenAIFixture.DirectML)]
    public async Task Convert_GivesTheBuildersConfiguration(string fixture)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Of(fixture);

        await ConvertAsync(checkpoint, fixture);

        JsonNode? expected = JsonNode.Parse(File.ReadAllText(Path.Combine(GenAIFixture.Folder(fixture), "genai_config.json")));
        JsonNode? found = JsonNode.Parse(File.ReadAllText(Path.Combine(checkpoint.Target, "genai_config.json")));
        Assert.True(JsonNode.DeepEquals(expected, found), found!.ToJsonString());
    }

    [Theory]
    [InlineData(GenAIFixture.Qwen2)]
    [InlineData(GenAIFixture.Llama)]
    [InlineData(GenAIFixture.DirectML)]
    public async Task Convert_GivesTheSameLastLogitsWithoutTheOthers(string fixture)
    {
        using TestCheckpoint whole = FixtureCheckpoint.Of(fixture);
        await ConvertAsync(whole, fixture);
        using TestCheckpoint pruned = FixtureCheckpoint.Of(fixture);
        pruned.Write();
        await ModelConverter.ConvertAsync(pruned.Path, pruned.Target, new() { Target = GenAIFixture.TargetOf(fixture) });
        int[] prompt = [.. Enumerable.Range(5, 41)];

        using DecoderPlaces expected = Decoders.Load(whole.Target);
        using DecoderPlaces found = Decoders.Load(pruned.Target);

        Assert.False(expected.Shape.LastLogitsOnly);
        Assert.True(found.Shape.LastLogitsOnly);
        Assert.InRange(Difference([.. expected.All[0].Read(prompt)], [.. found.All[0].Read(prompt)]), 0, Tipped);
    }

    [Fact]
    public async Task Convert_KeepsHeadAndEmbeddingApartForDirectML()
    {
        using TestCheckpoint shared = FixtureCheckpoint.Llama();
        using TestCheckpoint apart = FixtureCheckpoint.Llama();
        shared.Write();
        apart.Write();
        await ModelConverter.ConvertAsync(shared.Path, shared.Target);

        await ModelConverter.ConvertAsync(apart.Path, apart.Target, new() { Target = ModelTarget.DirectML });

        OnnxReader graph = OnnxReader.Read(apart.Target);
        Assert.DoesNotContain(graph.Nodes, node => node.Type == "GatherBlockQuantized");
        Assert.Equal(apart.Tensors["model.embed_tokens.weight"].Values.Select(weight => (float)(Half)weight), graph.Halves("model.embed_tokens.weight"));
        using DecoderPlaces one = Decoders.Load(shared.Target);
        using DecoderPlaces other = Decoders.Load(apart.Target);
        int[] prompt = [.. Enumerable.Range(5, 41)];
        Assert.InRange(Difference([.. one.All[0].Read(prompt)], [.. other.All[0].Read(prompt)]), 0, HalfPrecision);
    }

    [Theory]
    [InlineData(ModelTarget.Cpu)]
    [InlineData(ModelTarget.DirectML)]
    public async Task Convert_GivesAFolderThatRoutes(ModelTarget target)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Qwen2();
        checkpoint.Write();
        checkpoint.TakeTokenizer(GenAIFixture.Folder(GenAIFixture.Qwen2));

        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target, new() { Target = target, Layout = "compact" });

        await using DecoderRouterEngine engine = DecoderRouterEngine.Load(checkpoint.Target);
        PolicyScores scores = await engine.ScoreAsync(Requests.Of("Write a test.", "code", "travel"));
        Assert.Equal(1, scores.Other + scores.Probabilities.ToArray().Sum(), 1e-3);
    }

    private static float Difference(float[] a, float[] b) => a.Zip(b, (x, y) => MathF.Abs(x - y)).Max();

    private static async Task<OnnxReader> ConvertAsync(TestCheckpoint checkpoint, string fixture)
    {
        checkpoint.Write();
        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target, new() { Target = GenAIFixture.TargetOf(fixture), LastLogitsOnly = false });
        return OnnxReader.Read(checkpoint.Target);
    }
}
