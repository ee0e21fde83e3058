namespace ArchRouter.Onnx.Tests;

public sealed class OnnxTextEncoderTests
{
    private const string Endless = "a b c a b c a b c a b c a b c a b c";

    [Fact]
    public async Task ScoreAsync_StopsARunInsideTheGraph()
    {
        using var folder = new TinyFolder(new TinyGraph { EndlessAbove = 5 });
        await using EncoderRouterEngine engine = EncoderRouterEngine.Load(folder.Path, new EncoderOptions { MaxConcurrency = 1 });
        await engine.ScoreAsync(Requests.Of("a", "b"));
        using var source = new CancellationTokenSource();
        Task inGraph = NextRunAsync(engine.Runtime);
        Task<PolicyScores> endless = engine.ScoreAsync(Requests.Of(Endless, "b"), source.Token).AsTask();

        await inGraph;
        Assert.False(endless.IsCompleted);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless.WaitAsync(TimeSpan.FromSeconds(30)));

        // The same buffers serve the next run, which must not find the stop sign still up.
        Assert.NotNull(await engine.ScoreAsync(Requests.Of("a", "b")));
    }

    [Fact]
    public async Task Dispose_StopsACompilationInsideTheGraph()
    {
        using var folder = new TinyFolder(new TinyGraph { EndlessAbove = 5 });
        EncoderRouterEngine engine = EncoderRouterEngine.Load(folder.Path);
        EncoderRuntime runtime = engine.Runtime;
        Task inGraph = NextRunAsync(runtime);
        Task<PolicyScores> caller = engine.ScoreAsync(Requests.Of("a", Endless)).AsTask();
        await inGraph;

        await engine.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => caller);
        await runtime.Released.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task ScoreAsync_KeepsRunsApart()
    {
        // Buffers are lent to one run at a time: no answer may carry another's numbers.
        await using EncoderRouterEngine engine = EncoderRouterEngine.LoadBundled(new EncoderOptions { MaxConcurrency = 8 });
        GoldenCase[] cases = GoldenFile.Instance.Cases;
        PolicyScores[] alone = new PolicyScores[cases.Length];
        for (int i = 0; i < cases.Length; i++)
        {
            alone[i] = await engine.ScoreAsync(new RouterRequest(cases[i].PolicySet, cases[i].Conversation));
        }

        await Parallel.ForAsync(0, cases.Length * 4, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, token) =>
        {
            GoldenCase golden = cases[i % cases.Length];
            PolicyScores scores = await engine.ScoreAsync(new RouterRequest(golden.PolicySet, golden.Conversation), token);
            Assert.Equal(alone[i % cases.Length].Probabilities, scores.Probabilities);
        });
    }

    private static Task NextRunAsync(EncoderRuntime runtime)
    {
        var encoder = (OnnxTextEncoder)runtime.Encoder;
        int before = encoder.RunsBegun;
        return Stage.UntilAsync(() => encoder.RunsBegun > before);
    }
}
