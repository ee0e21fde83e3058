namespace ArchRouter.OnnxGenAI.Tests;

public sealed class GenAIRouterEngineTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly Stage _stage = new();
    private readonly StandInLibrary _library = new(Scripts.Hash);
    private readonly GenAIProcess _process;
    private readonly GenAIEngines _engines;

    public GenAIRouterEngineTests()
    {
        _process = new GenAIProcess(_library);
        _engines = new GenAIEngines(_process);
    }

    public static TheoryData<GenAIProvider> Providers => GenAIPlaceTests.Providers;

    public void Dispose()
    {
        _stage.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task ScoreAsync_GivesWhatTheDecoderEngineGives(GenAIProvider provider)
    {
        await using GenAIRouterEngine engine = _engines.Load(_folder, provider, options => options.ProbabilityTolerance = 0);
        RouterModelRuntime scripted = RouterModelLoader.Load(
            _folder.Path,
            new DecoderOptions { Layout = "compact", ProbabilityTolerance = 0 },
            0,
            (_, _, _) => new ScriptedTokenModels(1, () => new ScriptedTokenModel(1024, Scripts.Hash)));
        RouterRequest request = Requests.Of("write a function", "code_generation", "code_review", "code", "chat");

        PolicyScores scores = await engine.ScoreAsync(request);

        PolicyScores expected = scripted.Score(request, default);
        Assert.Equal(expected.Probabilities, scores.Probabilities);
        Assert.Equal(expected.Other, scores.Other);
        Assert.Equal(RouterTier.RouterModel, scores.Tier);
        Assert.Equal(engine.ModelId, scores.EngineId);
        Assert.Equal(provider, engine.Provider);
        Assert.Equal(Path.GetFileName(_folder.Path), engine.ModelId);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task ScoreAsync_GivesWhatOnnxRuntimeGivesForTheFolder(GenAIProvider provider)
    {
        var own = new DecoderOptions { Layout = "compact", ProbabilityTolerance = 0 };
        await using DecoderRouterEngine plain = DecoderRouterEngine.Load(_folder.Path, own);
        var report = new ModelFolderReport(_folder.Path);
        (GenAIConfig config, OnnxContents contents) = DecoderLoader.Describe(report)!.Value;
        using var places = new DecoderPlaces(DecoderLoader.Load(config, contents, own, report), 1);
        float[] logits = [];
        IReadOnlyList<int> last = [];
        var engines = new GenAIEngines(new GenAIProcess(new StandInLibrary((sequence, token) =>
        {
            if (token == 0)
            {
                last = [.. sequence];
                logits = places.All[0].Start([.. sequence], 0, default).ToArray();
            }

            Assert.Equal(last.Count, sequence.Count);
            return logits[token];
        })));
        await using GenAIRouterEngine engine = engines.Load(_folder, provider, options => options.ProbabilityTolerance = 0);
        RouterRequest request = Requests.Of("write a function", "code_generation", "code_review", "code", "chat");

        PolicyScores scores = await engine.ScoreAsync(request);

        // Half precision, cut differently.
        PolicyScores expected = await plain.ScoreAsync(request);
        Assert.All(scores.Probabilities.Zip(expected.Probabilities), pair => Assert.Equal(pair.Second, pair.First, 0.01));
        Assert.Equal(expected.Other, scores.Other, 0.01);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task ScoreAsync_LetsOneCallerInAtATime(GenAIProvider provider)
    {
        // The stand-in throws when two come together.
        await using GenAIRouterEngine engine = _engines.Load(_folder, provider);
        RouterRequest[] requests = [.. Enumerable.Range(0, 8).Select(i => Requests.Of($"request {i}", "aa", "ab", "b"))];
        List<PolicyScores> alone = [];
        foreach (RouterRequest request in requests)
        {
            alone.Add(await engine.ScoreAsync(request));
        }

        PolicyScores[] together = await Task.WhenAll(requests.Select(request => engine.ScoreAsync(request).AsTask()));

        Assert.Equal(alone.Select(scores => scores.Probabilities), together.Select(scores => scores.Probabilities));
    }

    [Fact]
    public async Task ScoreAsync_RefusesWhenTheQueueIsFull()
    {
        await using GenAIRouterEngine engine = _engines.Load(_folder, GenAIProvider.DirectML, options => options.MaxQueue = 1);
        _library.OnPass = () => _stage.Pass();
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of("x", "a")).AsTask();
        await _stage.ArrivedAsync();
        Task<PolicyScores> waiting = engine.ScoreAsync(Requests.Of("y", "a")).AsTask();

        await Assert.ThrowsAsync<RouterOverloadedException>(async () => await engine.ScoreAsync(Requests.Of("z", "a")));

        _stage.Open();
        await Task.WhenAll(running, waiting);
    }

    [Fact]
    public async Task ScoreAsync_ObservesCancellationWhileWaitingAndBetweenPasses()
    {
        await using GenAIRouterEngine engine = _engines.Load(_folder, GenAIProvider.DirectML, options => options.ProbabilityTolerance = 0);
        _library.OnPass = () => _stage.Pass();
        using var source = new CancellationTokenSource();

        // Names that part twice take a second pass.
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of("x", "code_generation", "code_review", "chat"), source.Token).AsTask();
        await _stage.ArrivedAsync();
        Task<PolicyScores> waiting = engine.ScoreAsync(Requests.Of("y", "a"), source.Token).AsTask();
        int passes = _library.Passes.Count;

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _stage.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal(passes, _library.Passes.Count);
        Assert.NotNull(await engine.ScoreAsync(Requests.Of("x", "a")));
    }

    [Fact]
    public async Task Dispose_ReleasesEverythingInOrderAfterTheRunningRequest()
    {
        GenAIRouterEngine engine = _engines.Load(_folder, GenAIProvider.DirectML);
        _library.OnPass = () => _stage.Pass();
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of("x", "a")).AsTask();
        await _stage.ArrivedAsync();
        Task<PolicyScores> waiting = engine.ScoreAsync(Requests.Of("y", "a")).AsTask();

        engine.Dispose();
        ValueTask released = engine.DisposeAsync();
        _process.Use.Close();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.DoesNotContain(_library.Events, what => what.StartsWith('~'));
        _stage.Open();
        Assert.NotNull(await running);
        await released;
        _process.Use.Close();
        Assert.Equal(["~generator", "~model", "~config", "~handle"], _library.Events.Where(what => what.StartsWith('~')));
        Assert.Equal("handle", _library.Events[0]);
    }

    [Fact]
    public async Task Engines_ShareAModel()
    {
        GenAIRouterEngine one = _engines.Load(_folder, GenAIProvider.DirectML);
        await using GenAIRouterEngine other = _engines.Load(_folder, GenAIProvider.DirectML);

        await one.DisposeAsync();

        Assert.Single(_library.Events, "model");
        Assert.NotNull(await other.ScoreAsync(Requests.Of("x", "a")));
    }

    [Fact]
    public async Task DirectML_RefusesASecondModelUntilTheFirstIsReleased()
    {
        using var another = new ModelFolder();
        GenAIRouterEngine first = _engines.Load(_folder, GenAIProvider.DirectML);

        var error = Assert.Throws<InvalidOperationException>(() => _engines.Load(another, GenAIProvider.DirectML));
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
        await using GenAIRouterEngine elsewhere = _engines.Load(another, GenAIProvider.Cpu);

        await first.DisposeAsync();
        await using GenAIRouterEngine second = _engines.Load(another, GenAIProvider.DirectML);
        Assert.NotNull(await second.ScoreAsync(Requests.Of("x", "a")));
    }

    [Fact]
    public async Task WarmUpAsync_LeavesThePoliciesReadOnTheProcessor()
    {
        await using GenAIRouterEngine engine = _engines.Load(_folder, GenAIProvider.Cpu);
        RouterRequest request = Requests.Of("hello", "aa", "b");
        await engine.WarmUpAsync(request.Policies);
        int passes = _library.Passes.Count;

        await engine.ScoreAsync(request);

        Assert.All(_library.Passes.Skip(passes), pass => Assert.NotEqual(0, pass.Past));
    }
}
