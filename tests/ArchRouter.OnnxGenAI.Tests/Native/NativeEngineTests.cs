namespace ArchRouter.OnnxGenAI.Tests;

public sealed class NativeEngineTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public static TheoryData<string, string> KindsAndLayouts
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string kind in (string[])["tiny-llama-int4", "tiny-qwen2-fp32", "tiny-qwen2-int4", "tiny-qwen2-int4-dml"])
            {
                foreach (string layout in (string[])["compact", "arch-router-card", "arch-gateway", "arch-orchestrator"])
                {
                    data.Add(kind, layout);
                }
            }

            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(KindsAndLayouts))]
    public async Task ScoreAsync_GivesTheProbabilitiesOfTheDecoderEngine(string kind, string layout)
    {
        string folder = GoldenDecoder.FolderOf(kind);
        await using var engine = GenAIRouterEngine.Load(folder, new GenAIOptions { Provider = GenAIProvider.Cpu, Layout = layout, ProbabilityTolerance = 0 });
        await using var decoder = DecoderRouterEngine.Load(folder, new DecoderOptions { Layout = layout, ProbabilityTolerance = 0 });
        foreach (string text in (string[])["write a function", "why does this loop never end?", "hello", "write a function"])
        {
            RouterRequest request = Requests.Of(text, "code_generation", "code_review", "code", "bug fixing", "chat");

            PolicyScores scores = await engine.ScoreAsync(request);

            PolicyScores expected = await decoder.ScoreAsync(request);
            Assert.Equal(expected.Probabilities.Count, scores.Probabilities.Count);
            Assert.All(expected.Probabilities.Zip(scores.Probabilities), pair => Assert.Equal(pair.First, pair.Second, GoldenDecoder.ToleranceOf(kind)));
            Assert.Equal(1, scores.Probabilities.Sum() + scores.Other, 1e-6);
        }
    }

    [Fact]
    public async Task ManyCallers_GetTheirOwnAnswers()
    {
        await using GenAIRouterEngine engine = Load(options => options.MaxQueue = 64);
        RouterRequest[] requests = [.. Enumerable.Range(0, 4).Select(i => Requests.Of($"text number {i}", "code_generation", "code_review", "chat"))];
        PolicyScores[] alone = new PolicyScores[requests.Length];
        for (int i = 0; i < requests.Length; i++)
        {
            alone[i] = await engine.ScoreAsync(requests[i]);
        }

        PolicyScores[] together = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => engine.ScoreAsync(requests[i % 4]).AsTask()));

        for (int i = 0; i < together.Length; i++)
        {
            Assert.All(alone[i % 4].Probabilities.Zip(together[i].Probabilities), pair => Assert.Equal(pair.First, pair.Second, GoldenDecoder.ToleranceOf("tiny-qwen2-int4")));
        }
    }

    [Fact]
    public async Task Load_WorksAgainAfterTheLastEngineIsGone()
    {
        for (int i = 0; i < 3; i++)
        {
            await using GenAIRouterEngine engine = Load();
            PolicyScores scores = await engine.ScoreAsync(Requests.Of("hello", "code", "chat"));
            Assert.Equal(2, scores.Probabilities.Count);
        }
    }

    [Theory]
    [InlineData(GenAIProvider.DirectML)]
    [InlineData(GenAIProvider.Cuda)]
    public void Load_NamesTheProviderThatIsNotThere(GenAIProvider provider)
    {
        var error = Assert.Throws<GenAIUnavailableException>(() => Load(options => options.Provider = provider));

        Assert.Equal(provider, error.Provider);
        Assert.Contains(ProviderTraits.Of(provider).Package, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model.onnx.data")]
    public void Load_NamesTheFileThatIsCut(string file)
    {
        using (FileStream stream = File.OpenWrite(_folder.File_(file)))
        {
            stream.SetLength(stream.Length / 2);
        }

        var error = Assert.Throws<ModelFolderException>(() => Load());

        Assert.Contains(error.Problems, problem => problem.FilePath == _folder.File_(file));
    }

    [Fact]
    public void Load_NamesTheGraphThatTheLibraryRefuses()
    {
        // A well-formed graph with an operator that nobody has.
        byte[] graph = File.ReadAllBytes(_folder.File_("model.onnx"));
        Span<byte> rest = graph;
        for (int at; (at = rest.IndexOf("GroupQueryAttention"u8)) >= 0; rest = rest[(at + 19)..])
        {
            "GroupQueryAttentioX"u8.CopyTo(rest[at..]);
        }

        File.WriteAllBytes(_folder.File_("model.onnx"), graph);

        var error = Assert.Throws<ModelFolderException>(() => Load());

        Assert.Contains(_folder.File_("model.onnx"), error.Message, StringComparison.Ordinal);
        Assert.Contains("GroupQueryAttentioX", error.Message, StringComparison.Ordinal);
    }

    private GenAIRouterEngine Load(Action<GenAIOptions>? configure = null)
    {
        var options = new GenAIOptions { Provider = GenAIProvider.Cpu, Layout = "compact" };
        configure?.Invoke(options);
        return GenAIRouterEngine.Load(_folder.Path, options);
    }
}
