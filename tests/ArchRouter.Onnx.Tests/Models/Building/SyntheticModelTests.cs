using System.Text.Json.Nodes;

namespace ArchRouter.Onnx.Tests;

public sealed class SyntheticModelTests : IDisposable
{
    private static readonly string Tokenizer = Path.Combine(GenAIFixture.Folder(GenAIFixture.Qwen2), "tokenizer.json");

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("archrouter-synthetic-");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Create_MakesAFolderThatRuns(bool tied)
    {
        string folder = Create("a", GenAIFixture.Small with { TiedEmbeddings = tied });
        using var run = new PlainRun(folder) { HeadSize = GenAIFixture.Small.HeadSize };

        float[] short_ = run.LastLogits([5, 6, 7]);
        float[] long_ = run.LastLogits([.. Enumerable.Range(0, 200).Select(i => (long)(i * 5 % 1100))]);

        Assert.Equal(1100, short_.Length);
        Assert.All(short_.Concat(long_), logit => Assert.InRange(MathF.Abs(logit), 0, 100));

        // Neither flat nor dominated by a few, and not the same for another prompt.
        Assert.InRange(Spread(short_), 0.5, 10);
        Assert.InRange(Spread([.. short_.Zip(long_, (a, b) => a - b)]), 0.5, 20);
    }

    [Fact]
    public void Create_GivesTheSameBytesForASeed()
    {
        byte[] first = File.ReadAllBytes(Path.Combine(Create("a", GenAIFixture.Small), "model.onnx.data"));
        byte[] same = File.ReadAllBytes(Path.Combine(Create("b", GenAIFixture.Small), "model.onnx.data"));
        byte[] other = File.ReadAllBytes(Path.Combine(Create("c", GenAIFixture.Small, seed: 2), "model.onnx.data"));

        Assert.Equal(first, same);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Create_TakesTheTokenizerAndItsControlTokens()
    {
        string folder = Create("a", GenAIFixture.Small);

        Assert.Equal(File.ReadAllBytes(Tokenizer), File.ReadAllBytes(Path.Combine(folder, "tokenizer.json")));
        Assert.True(File.Exists(Path.Combine(folder, "tokenizer_config.json")));
        JsonNode model = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "genai_config.json")))!["model"]!;
        Assert.Equal("[1023,1021]", model["eos_token_id"]!.ToJsonString());
        Assert.Equal(300, (int)model["context_length"]!);
    }

    [Fact]
    public void Create_RefusesATokenizerThatIsTooLarge() =>
        Assert.Contains("ids up to 1023", Assert.Throws<ArgumentException>(() => Create("a", GenAIFixture.Small with { Vocabulary = 1000 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_RefusesAShapeThatNoGraphHas() =>
        Assert.Contains("multiples of the block", Assert.Throws<ArgumentException>(() => Create("a", GenAIFixture.Small with { Hidden = 200 })).Message, StringComparison.Ordinal);

    public void Dispose() => _root.Delete(recursive: true);

    private static double Spread(float[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private string Create(string name, GenAIShape shape, int seed = 1)
    {
        string folder = Path.Combine(_root.FullName, name);
        SyntheticModel.Create(folder, shape, Tokenizer, seed);
        return folder;
    }
}
