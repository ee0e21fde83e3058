namespace ArchRouter.Onnx.Tests;

/// <summary>Compilations while somebody waits for them, and when nobody does any more.</summary>
public sealed class PendingCompilationTests : IDisposable
{
    private readonly Stage _stage = new();
    private readonly ScriptedTextEncoder _encoder;

    public PendingCompilationTests() => _encoder = new ScriptedTextEncoder((text, token) =>
    {
        if (text.StartsWith("slow", StringComparison.Ordinal))
        {
            _stage.Pass(token);
        }
    });

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task ScoreAsync_LeftByAllEndsBeforeTheNextText()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine(new EncoderOptions { MaxConcurrency = 1 });
        using var source = new CancellationTokenSource();
        Task<PolicyScores> first = engine.ScoreAsync(Requests.Of("x", "slow", "later"), source.Token).AsTask();
        Task<PolicyScores> second = engine.ScoreAsync(Requests.Of("x", "slow", "later"), source.Token).AsTask();
        await _stage.ArrivedAsync();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        _stage.Open();

        // There is one place to run, so the compilation has ended when this one begins.
        await engine.ScoreAsync(Requests.Of("x", "a"));
        Assert.DoesNotContain("later: later", _encoder.Texts);
        Assert.Equal(1, engine.Runtime.Tables.Count);
    }

    [Fact]
    public async Task ScoreAsync_AfterAnEndedCompilationGoesOnWhereThatStopped()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine(new EncoderOptions { MaxConcurrency = 1 });
        using var source = new CancellationTokenSource();
        Task<PolicyScores> left = engine.ScoreAsync(Requests.Of("x", "slow", "later"), source.Token).AsTask();
        await _stage.ArrivedAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _stage.Open();
        await engine.ScoreAsync(Requests.Of("x", "a"));

        Assert.NotNull(await engine.ScoreAsync(Requests.Of("x", "slow", "later")));

        Assert.Single(_encoder.Texts, "slow: slow");
        Assert.Single(_encoder.Texts, "later: later");
    }

    [Fact]
    public async Task ScoreAsync_JoinsACompilationThatTheOthersHaveLeft()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine();
        using var source = new CancellationTokenSource();
        Task<PolicyScores> left = engine.ScoreAsync(Requests.Of("x", "slow", "later"), source.Token).AsTask();
        await _stage.ArrivedAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        Task<PolicyScores> joined = engine.ScoreAsync(Requests.Of("x", "slow", "later")).AsTask();
        _stage.Open();

        Assert.NotNull(await joined);
        Assert.Single(_encoder.Texts, "slow: slow");
        Assert.Single(_encoder.Texts, "later: later");
    }

    [Fact]
    public async Task ScoreAsync_LeftByAllBeforeItsTurnMakesRoomAtOnce()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine(new EncoderOptions { MaxConcurrency = 1, MaxQueue = 2 });
        Task<PolicyScores> running = engine.ScoreAsync(Requests.Of("x", "slow")).AsTask();
        await _stage.ArrivedAsync();

        for (int i = 0; i < 5; i++)
        {
            using var source = new CancellationTokenSource();
            Task<PolicyScores>[] impatient =
            [
                engine.ScoreAsync(Requests.Of("x", $"left {i}"), source.Token).AsTask(),
                engine.ScoreAsync(Requests.Of("x", $"left {i} too"), source.Token).AsTask(),
            ];
            await Assert.ThrowsAsync<RouterOverloadedException>(async () => await engine.ScoreAsync(Requests.Of("x", "refused")));
            await source.CancelAsync();
            foreach (Task<PolicyScores> caller in impatient)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller);
            }
        }

        _stage.Open();
        Assert.NotNull(await running);

        // First come, first served: what waited before this has had its turn.
        Assert.NotNull(await engine.ScoreAsync(Requests.Of("x", "a")));
        Assert.DoesNotContain(_encoder.Texts, text => text.StartsWith("left", StringComparison.Ordinal));
        Assert.DoesNotContain("refused: refused", _encoder.Texts);
    }

    [Fact]
    public async Task ScoreAsync_CompilesDifferentSetsSideBySide()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine(new EncoderOptions { MaxConcurrency = 2 });
        Task<PolicyScores> one = engine.ScoreAsync(Requests.Of("x", "slow one")).AsTask();
        Task<PolicyScores> other = engine.ScoreAsync(Requests.Of("x", "slow other")).AsTask();

        await _stage.ArrivedAsync();
        await _stage.ArrivedAsync();

        Assert.Equal(2, _encoder.Running);
        _stage.Open();
        Assert.NotNull(await one);
        Assert.NotNull(await other);
    }
}
