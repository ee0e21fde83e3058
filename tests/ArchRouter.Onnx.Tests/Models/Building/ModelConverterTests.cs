using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace ArchRouter.Onnx.Tests;

public sealed class ModelConverterTests(ITestOutputHelper output)
{
    // The recorded logits are rounded to 5 places.
    private const float Rounding = 2e-5f;

    [Theory]
    [InlineData(GenAiFixture.Qwen2)]
    [InlineData(GenAiFixture.Llama)]
    public async Task Convert_GivesTheBuildersGraph(string fixture)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Of(fixture);
        OnnxReader expected = OnnxReader.Read(GenAiFixture.Folder(fixture));

        OnnxReader found = await ConvertAsync(checkpoint);

        Assert.Equal(expected.Nodes.Select(node => node.ToString()), found.Nodes.Select(node => node.ToString()));

        // The builder leaves the length of a head open in its declarations.
        Assert.Equal(expected.Inputs.Select(value => value.Replace("kv_cache_dim", "32", StringComparison.Ordinal)), found.Inputs);
        Assert.Equal(expected.Outputs.Select(value => value.Replace("kv_cache_dim", "32", StringComparison.Ordinal)), found.Outputs);
        Assert.Equal(expected.Opsets.Keys.Order(), found.Opsets.Keys.Order());
    }

    [Theory]
    [InlineData(GenAiFixture.Qwen2)]
    [InlineData(GenAiFixture.Llama)]
    public async Task Convert_GivesTheBuildersWeights(string fixture)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Of(fixture);
        OnnxReader expected = OnnxReader.Read(GenAiFixture.Folder(fixture));

        OnnxReader found = await ConvertAsync(checkpoint);

        Assert.Equal(expected.Weights.Values, found.Weights.Values);
        foreach (string name in expected.Weights.Keys)
        {
            if (name.EndsWith("_cache", StringComparison.Ordinal))
            {
                float difference = expected.Floats(name).Zip(found.Floats(name), (a, b) => MathF.Abs(a - b)).Max();
                output.WriteLine($"{name}: largest difference {difference:R}");
                Assert.InRange(difference, 0, 1e-6f);
            }
            else
            {
                Assert.True(expected.Bytes(name).AsSpan().SequenceEqual(found.Bytes(name)), name);
            }
        }
    }

    [Theory]
    [InlineData(GenAiFixture.Qwen2)]
    [InlineData(GenAiFixture.Llama)]
    public async Task Convert_GivesTheBuildersLogitsAndTokens(string fixture)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Of(fixture);
        await ConvertAsync(checkpoint);
        using var run = new DecoderRun(checkpoint.Target) { HeadSize = 32 };

        foreach (GenAiFixture.Prompt prompt in GenAiFixture.Prompts(fixture))
        {
            float difference = prompt.Logits.Zip(run.LastLogits(prompt.Ids), (a, b) => MathF.Abs(a - b)).Max();
            output.WriteLine($"{prompt.Ids.Length} tokens: largest difference {difference:R} of {prompt.Logits.Max(MathF.Abs):R}");
            Assert.InRange(difference, 0, Rounding);
            Assert.Equal(prompt.Greedy, run.Greedy(prompt.Ids, prompt.Greedy.Length));
        }
    }

    [Theory]
    [InlineData(GenAiFixture.Qwen2)]
    [InlineData(GenAiFixture.Llama)]
    public async Task Convert_GivesTheBuildersConfiguration(string fixture)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Of(fixture);

        await ConvertAsync(checkpoint);

        JsonNode? expected = JsonNode.Parse(File.ReadAllText(Path.Combine(GenAiFixture.Folder(fixture), "genai_config.json")));
        JsonNode? found = JsonNode.Parse(File.ReadAllText(Path.Combine(checkpoint.Target, "genai_config.json")));
        Assert.True(JsonNode.DeepEquals(expected, found), found!.ToJsonString());
    }

    private static async Task<OnnxReader> ConvertAsync(TestCheckpoint checkpoint)
    {
        checkpoint.Write();
        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target);
        return OnnxReader.Read(checkpoint.Target);
    }
}
