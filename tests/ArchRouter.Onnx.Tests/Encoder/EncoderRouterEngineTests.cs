namespace ArchRouter.Onnx.Tests;

public sealed class EncoderRouterEngineTests : IDisposable
{
    private const string Query = "query";
    private readonly Stage _stage = new();
    private readonly ScriptedTextEncoder _encoder;

    public EncoderRouterEngineTests() => _encoder = new ScriptedTextEncoder((text, token) =>
    {
        if (text == Query)
        {
            _stage.Pass(token);
        }
    });

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task ScoreAsync_LeavesTheCallersThread()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine();
        await engine.ScoreAsync(Requests.Of("x", "a"));

        // With nothing left to wait for, a run on this thread would never come back from the stage.
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of(Query, "a")).AsTask();

        await _stage.ArrivedAsync();
        Assert.False(running.IsCompleted);
        _stage.Open();
        Assert.NotNull(await running);
    }

    [Fact]
    public async Task ScoreAsync_AnswersForThePoliciesOfTheRequest()
    {
        await using EncoderRouterEngine engine = new ScriptedTextEncoder().ToEngine();
        RouterRequest request = Requests.Of("x", "a", "bb", "ccc");

        PolicyScores scores = await engine.ScoreAsync(request);

        Assert.Same(request.Policies, scores.Policies);
        Assert.Equal("scripted", scores.EngineId);

        // "x" has length 1 and so points along axis 1; only "a: a" (4), "bb: bb" (6), "ccc: ccc" (8) point elsewhere.
        Assert.Equal(0.25, scores.Other, 1e-9);
    }

    [Fact]
    public async Task ScoreAsync_AppliesScaleAndTemperature()
    {
        var encoder = new ScriptedTextEncoder();
        EncoderDescription warm = ScriptedTextEncoder.Description with { Temperature = 2 };
        var runtime = new EncoderRuntime(encoder, warm, new EncoderOptions());
        await using var engine = new EncoderRouterEngine(new EncoderLease(runtime, runtime.Close));

        PolicyScores scores = await engine.ScoreAsync(Requests.Of("four", "a"));

        Assert.Equal(Math.Exp(5) / (Math.Exp(5) + 1), scores.Probabilities[0], 1e-9);
    }

    [Fact]
    public async Task ScoreAsync_AnswersOtherWithoutPolicies()
    {
        await using EncoderRouterEngine engine = new ScriptedTextEncoder().ToEngine();

        PolicyScores scores = await engine.ScoreAsync(new RouterRequest(new PolicySet([]), ConversationWindow.Empty));

        Assert.Equal(1, scores.Other);
    }

    [Fact]
    public async Task ScoreAsync_RunsNoMoreThanAllowedAtATime()
    {
        var encoder = new ScriptedTextEncoder((_, _) => Thread.Yield());
        await using EncoderRouterEngine engine = encoder.ToEngine(new EncoderOptions { MaxConcurrency = 2 });

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => engine.ScoreAsync(Requests.Of("x", "a" + (i % 5))).AsTask()));

        Assert.InRange(encoder.MostRunning, 1, 2);
    }

    [Fact]
    public async Task ScoreAsync_RefusesWhenTheQueueIsFull()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine(new EncoderOptions { MaxConcurrency = 1, MaxQueue = 2 });
        RouterRequest request = Requests.Of(Query, "a");
        List<Task<PolicyScores>> accepted = [engine.ScoreAsync(request).AsTask()];
        await _stage.ArrivedAsync();
        accepted.Add(engine.ScoreAsync(request).AsTask());
        accepted.Add(engine.ScoreAsync(request).AsTask());

        await Assert.ThrowsAsync<RouterOverloadedException>(async () => await engine.ScoreAsync(request));

        _stage.Open();
        Assert.All(await Task.WhenAll(accepted), scores => Assert.Equal("scripted", scores.EngineId));
        Assert.Equal("scripted", (await engine.ScoreAsync(request)).EngineId);
    }

    [Fact]
    public async Task ScoreAsync_ObservesCancellationBeforeAnything()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await engine.ScoreAsync(Requests.Of(Query, "a"), new CancellationToken(true)));

        Assert.Empty(_encoder.Texts);
    }

    [Fact]
    public async Task ScoreAsync_ObservesCancellationWhileWaitingForAPlace()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine(new EncoderOptions { MaxConcurrency = 1 });
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of(Query, "a")).AsTask();
        await _stage.ArrivedAsync();
        using var source = new CancellationTokenSource();
        Task<PolicyScores> waiting = engine.ScoreAsync(Requests.Of(Query, "a"), source.Token).AsTask();

        await source.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(source.Token, error.CancellationToken);
        _stage.Open();
        Assert.NotNull(await running);
    }

    [Fact]
    public async Task ScoreAsync_ObservesCancellationDuringTheRun()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine(new EncoderOptions { MaxConcurrency = 1 });
        using var source = new CancellationTokenSource();
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of(Query, "a"), source.Token).AsTask();
        await _stage.ArrivedAsync();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        _stage.Open();
        Assert.NotNull(await engine.ScoreAsync(Requests.Of(Query, "a")));
    }

    [Fact]
    public async Task Dispose_LetsRunningRequestsFinishAndFailsWaitingOnes()
    {
        EncoderRouterEngine engine = _encoder.ToEngine(new EncoderOptions { MaxConcurrency = 1 });
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of(Query, "a")).AsTask();
        await _stage.ArrivedAsync();
        Task<PolicyScores> waiting = engine.ScoreAsync(Requests.Of(Query, "a")).AsTask();

        engine.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await engine.ScoreAsync(Requests.Of(Query, "a")));
        Assert.Throws<ObjectDisposedException>(() => engine.Embed("x"));
        Assert.Equal(0, _encoder.Disposals);
        _stage.Open();
        Assert.NotNull(await running);
        await engine.DisposeAsync();
        Assert.Equal(1, _encoder.Disposals);
        Assert.Equal(0, _encoder.RunningAtDisposal);
    }

    [Fact]
    public async Task DisposeAsync_WaitsForRunningRequests()
    {
        EncoderRouterEngine engine = _encoder.ToEngine();
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of(Query, "a")).AsTask();
        await _stage.ArrivedAsync();

        Task disposal = engine.DisposeAsync().AsTask();

        Assert.False(disposal.IsCompleted);
        _stage.Open();
        await disposal;
        Assert.NotNull(await running);
        Assert.Equal(1, _encoder.Disposals);
    }

    [Fact]
    public async Task Dispose_TwiceIsOnce()
    {
        EncoderRouterEngine engine = _encoder.ToEngine();

        engine.Dispose();
        engine.Dispose();
        await engine.DisposeAsync();

        Assert.Equal(1, _encoder.Disposals);
    }

    [Fact]
    public async Task ScoreAsync_PassesTheModelsErrorOnAndGoesOn()
    {
        bool broken = true;
        var encoder = new ScriptedTextEncoder((text, _) => FailIf(broken && text == Query));
        await using EncoderRouterEngine engine = encoder.ToEngine(new EncoderOptions { MaxConcurrency = 1, MaxQueue = 0 });

        await Assert.ThrowsAsync<InvalidDataException>(async () => await engine.ScoreAsync(Requests.Of(Query, "a")));
        broken = false;

        Assert.NotNull(await engine.ScoreAsync(Requests.Of(Query, "a")));
    }

    private static void FailIf(bool broken)
    {
        if (broken)
        {
            throw new InvalidDataException("broken");
        }
    }
}
