namespace ArchRouter.Onnx.Tests;

public sealed class DecoderRouterEngineTests : IDisposable
{
    private readonly Stage _stage = new();
    private readonly LetterPrompts _prompts = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task ScoreAsync_AnswersForThePoliciesOfTheRequest()
    {
        // The model likes the letter c best, then b, then o of "other".
        await using DecoderRouterEngine engine = Engine(Models(model: (_, token) => "obc".IndexOf((char)(token - LetterPrompts.Token('\0')))), new());
        RouterRequest request = Requests.Of("x", "aa", "bb", "cc");

        PolicyScores scores = await engine.ScoreAsync(request);

        Assert.Same(request.Policies, scores.Policies);
        Assert.Equal("letters", scores.EngineId);
        Assert.Equal(RouterTier.RouterModel, scores.Tier);
        double sum = Math.Exp(-1) + Math.Exp(1) + Math.Exp(2) + 1;
        Assert.Equal(Math.Exp(2) / sum, scores.Probabilities[2], 1e-6);
        Assert.Equal(Math.Exp(1) / sum, scores.Probabilities[1], 1e-6);
        Assert.Equal(Math.Exp(-1) / sum, scores.Probabilities[0], 1e-6);
        Assert.Equal(1 / sum, scores.Other, 1e-6);
    }

    [Fact]
    public async Task ScoreAsync_AnswersOtherWithoutPolicies()
    {
        await using DecoderRouterEngine engine = Engine(Models(), new());

        Assert.Equal(1, (await engine.ScoreAsync(new RouterRequest(new PolicySet([]), ConversationWindow.Empty))).Other);
    }

    [Fact]
    public async Task ScoreAsync_LeavesTheCallersThread()
    {
        await using DecoderRouterEngine engine = Engine(Models(_stage.Pass), new());

        // A run on this thread would never come back from the stage.
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of("x", "a")).AsTask();

        await _stage.ArrivedAsync();
        Assert.False(running.IsCompleted);
        _stage.Open();
        Assert.NotNull(await running);
    }

    [Fact]
    public async Task ScoreAsync_CompilesAPolicySetOnce()
    {
        await using DecoderRouterEngine engine = Engine(Models(), new());

        await engine.ScoreAsync(Requests.Of("x", "a", "b"));
        await engine.ScoreAsync(Requests.Of("y", "a", "b"));
        await engine.WarmUpAsync(Requests.Of("z", "a", "b").Policies);

        Assert.Equal(1, _prompts.Compilations);
    }

    [Fact]
    public async Task ScoreAsync_RefusesWhenTheQueueIsFull()
    {
        await using DecoderRouterEngine engine = Engine(Models(_stage.Pass), new DecoderOptions { MaxQueue = 2 });
        RouterRequest request = Requests.Of("x", "a");
        List<Task<PolicyScores>> accepted = [engine.ScoreAsync(request).AsTask()];
        await _stage.ArrivedAsync();
        accepted.Add(engine.ScoreAsync(request).AsTask());
        accepted.Add(engine.ScoreAsync(request).AsTask());

        await Assert.ThrowsAsync<RouterOverloadedException>(async () => await engine.ScoreAsync(request));
        await Assert.ThrowsAsync<RouterOverloadedException>(async () => await engine.WarmUpAsync(request.Policies));

        _stage.Open();
        Assert.All(await Task.WhenAll(accepted), scores => Assert.Equal("letters", scores.EngineId));
        Assert.Equal("letters", (await engine.ScoreAsync(request)).EngineId);
    }

    [Fact]
    public async Task ScoreAsync_ObservesCancellationWhileWaiting()
    {
        await using DecoderRouterEngine engine = Engine(Models(_stage.Pass), new());
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of("x", "a")).AsTask();
        await _stage.ArrivedAsync();
        using var source = new CancellationTokenSource();
        Task<PolicyScores> waiting = engine.ScoreAsync(Requests.Of("x", "a"), source.Token).AsTask();

        await source.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(source.Token, error.CancellationToken);
        _stage.Open();
        Assert.NotNull(await running);
    }

    [Fact]
    public async Task ScoreAsync_FreesItsPlaceAtOnceWhenCancelled()
    {
        ScriptedTokenModels models = Models(_stage.Pass);
        await using DecoderRouterEngine engine = Engine(models, new());
        using var source = new CancellationTokenSource();
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of("x", "a"), source.Token).AsTask();
        await _stage.ArrivedAsync();
        Task<PolicyScores> next = engine.ScoreAsync(Requests.Of("x", "a")).AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        // The stage is still closed, so the next request can come to it only in the place that was freed.
        await _stage.ArrivedAsync();
        _stage.Open();
        Assert.NotNull(await next);
        Assert.Equal(0, models.Lent);
    }

    [Fact]
    public async Task ScoreAsync_PassesOnLogitsThatAreNoNumbers()
    {
        ScriptedTokenModels models = Models(model: (_, _) => float.NaN);
        await using DecoderRouterEngine engine = Engine(models, new());

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await engine.ScoreAsync(Requests.Of("x", "a")));

        Assert.Contains("not a finite number", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, models.Lent);
    }

    [Fact]
    public async Task ScoreAsync_RefusesPoliciesThatDoNotFit()
    {
        await using DecoderRouterEngine engine = Engine(Models(), new());
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"policy_{i}")];

        await Assert.ThrowsAsync<RouteTableException>(async () => await engine.ScoreAsync(Requests.Of("x", names)));
        Assert.NotNull(await engine.ScoreAsync(Requests.Of("x", "a")));
    }

    [Fact]
    public async Task Dispose_LetsRunningRequestsFinishAndFailsWaitingOnes()
    {
        ScriptedTokenModels models = Models(_stage.Pass);
        DecoderRouterEngine engine = Engine(models, new());
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of("x", "a")).AsTask();
        await _stage.ArrivedAsync();
        Task<PolicyScores> waiting = engine.ScoreAsync(Requests.Of("x", "a")).AsTask();

        engine.Dispose();
        ValueTask released = engine.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await engine.ScoreAsync(Requests.Of("x", "a")));
        Assert.False(released.IsCompleted);
        Assert.Equal(0, models.Disposals);
        _stage.Open();
        Assert.NotNull(await running);
        await released;
        Assert.Equal(1, models.Disposals);
        Assert.Equal(0, models.LentAtDisposal);
    }

    [Fact]
    public void CheckedCopy_ListsEveryOptionOutOfRange()
    {
        var options = new DecoderOptions
        {
            IntraOpThreads = 0, MaxConcurrency = 0, MaxQueue = -1, Slots = 0, MaxContextTokens = 1, ChunkTokens = 0, CompiledTables = 0, ProbabilityTolerance = double.NaN,
        };

        var error = Assert.Throws<ArgumentException>(options.CheckedCopy);

        Assert.All(typeof(DecoderOptions).GetProperties().Where(property => property.PropertyType != typeof(string)), property => Assert.Contains(property.Name, error.Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(new DecoderOptions { MaxConcurrency = 3, Slots = 2 }.CheckedCopy);
    }

    private static ScriptedTokenModels Models(Action<CancellationToken>? onPass = null, Func<IReadOnlyList<int>, int, float>? model = null) =>
        new(1, () => new ScriptedTokenModel(1024, model ?? ((_, token) => token % 7)) { OnPass = onPass });

    private DecoderRouterEngine Engine(ITokenModels models, DecoderOptions options) =>
        new RouterModelRuntime(models, _prompts, LetterPrompts.Description, options).ToEngine();
}
