using System.Collections.Concurrent;

namespace ArchRouter.Onnx.Tests;

public sealed class CompiledTablesTests : IDisposable
{
    private readonly Stage _stage = new();
    private readonly ScriptedTextEncoder _encoder;
    private readonly ConcurrentQueue<PolicySet> _compiled = [];

    public CompiledTablesTests() => _encoder = new ScriptedTextEncoder((text, token) =>
    {
        if (text.StartsWith("slow", StringComparison.Ordinal))
        {
            _stage.Pass(token);
        }
    });

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task ScoreAsync_CompilesEqualSetsOnce()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine();

        for (int i = 0; i < 3; i++)
        {
            await engine.ScoreAsync(Requests.Of("x", "a", "b"));
        }

        Assert.Single(_encoder.Texts, "a: a");
        Assert.Single(_encoder.Texts, "b: b");
    }

    [Fact]
    public async Task ScoreAsync_EmbedsAPolicyOnceHoweverManySetsItIsIn()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine();

        await engine.ScoreAsync(Requests.Of("x", "a", "b", "c"));
        await engine.ScoreAsync(Requests.Of("x", "a", "c"));
        await engine.ScoreAsync(Requests.Of("x", "b"));

        Assert.Single(_encoder.Texts, "a: a");
        Assert.Single(_encoder.Texts, "b: b");
        Assert.Single(_encoder.Texts, "c: c");
    }

    [Fact]
    public async Task CompileAsync_SharesOneCompilationAmongFirstCallers()
    {
        CompiledTables tables = Tables(capacity: 8);
        PolicySet policies = Requests.Of("x", "slow").Policies;
        Task<CompiledTable>[] callers = [.. Enumerable.Range(0, 20).Select(_ => tables.CompileAsync(policies, CancellationToken.None))];

        _stage.Open();
        CompiledTable[] compiled = await Task.WhenAll(callers);

        Assert.Single(compiled.Distinct());
        Assert.Equal([policies], _compiled);
    }

    [Fact]
    public async Task CompileAsync_CompilesASetOnceAtATimeHoweverFewAreKept()
    {
        CompiledTables tables = Tables(capacity: 1);
        PolicySet one = Requests.Of("x", "slow one").Policies;
        PolicySet other = Requests.Of("x", "slow other").Policies;
        Task<CompiledTable> first = tables.CompileAsync(one, CancellationToken.None);
        await _stage.ArrivedAsync();
        Task<CompiledTable> second = tables.CompileAsync(other, CancellationToken.None);
        await _stage.ArrivedAsync();

        Task<CompiledTable> again = tables.CompileAsync(one, CancellationToken.None);
        _stage.Open();

        Assert.Same(await first, await again);
        await second;
        Assert.Equal([one, other], _compiled);
    }

    [Fact]
    public async Task ScoreAsync_CancelledFirstCallerDoesNotFailTheOthers()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine();
        using var source = new CancellationTokenSource();
        Task<PolicyScores> first = engine.ScoreAsync(Requests.Of("x", "slow"), source.Token).AsTask();
        await _stage.ArrivedAsync();
        Task<PolicyScores> second = engine.ScoreAsync(Requests.Of("x", "slow")).AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _stage.Open();
        Assert.NotNull(await second);
        Assert.Single(_encoder.Texts, "slow: slow");
    }

    [Fact]
    public async Task ScoreAsync_DoesNotKeepFailures()
    {
        int failures = 1;
        var encoder = new ScriptedTextEncoder((text, _) =>
        {
            if (text == "a: a" && failures-- > 0)
            {
                throw new InvalidDataException("broken");
            }
        });
        await using EncoderRouterEngine engine = encoder.ToEngine();

        await Assert.ThrowsAsync<InvalidDataException>(async () => await engine.ScoreAsync(Requests.Of("x", "a")));
        Assert.NotNull(await engine.ScoreAsync(Requests.Of("x", "a")));
    }

    [Fact]
    public async Task ScoreAsync_KeepsTheSetsUsedLast()
    {
        await using EncoderRouterEngine engine = _encoder.ToEngine(new EncoderOptions { CompiledTables = 2 });

        foreach (string policy in (string[])["a", "b", "a", "c", "a", "b"])
        {
            await engine.ScoreAsync(Requests.Of("x", policy));
        }

        Assert.Equal(2, engine.Runtime.Tables.Count);
    }

    [Fact]
    public void Vectors_OfThePoliciesUsedLastStay()
    {
        var vectors = new PolicyVectors(_encoder, ScriptedTextEncoder.Description.Dimensions, capacity: 2);

        foreach (string policy in (string[])["a", "b", "a", "c", "a", "b"])
        {
            vectors.Of(new RoutePolicy(policy, policy), CancellationToken.None);
        }

        Assert.Single(_encoder.Texts, "a: a");
        Assert.Equal(2, _encoder.Texts.Count(text => text == "b: b"));
    }

    [Fact]
    public async Task Dispose_StopsACompilationAndFailsItsCallers()
    {
        EncoderRouterEngine engine = _encoder.ToEngine();
        Task<PolicyScores> caller = engine.ScoreAsync(Requests.Of("x", "slow", "never")).AsTask();
        await _stage.ArrivedAsync();

        await engine.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => caller);
        await Stage.UntilAsync(() => _encoder.Disposals == 1);
        Assert.Equal(0, _encoder.RunningAtDisposal);
        Assert.DoesNotContain("never: never", _encoder.Texts);
    }

    [Fact]
    public async Task Dispose_OfOneEngineLeavesTheCompilationToTheOthers()
    {
        EncoderRuntime runtime = _encoder.ToRuntime();
        var leaving = new EncoderRouterEngine(new EncoderLease(runtime, () => { }));
        await using var staying = new EncoderRouterEngine(new EncoderLease(runtime, runtime.Close));
        Task<PolicyScores> left = leaving.ScoreAsync(Requests.Of("x", "slow")).AsTask();
        await _stage.ArrivedAsync();
        Task<PolicyScores> stayed = staying.ScoreAsync(Requests.Of("x", "slow")).AsTask();

        leaving.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => left);
        _stage.Open();
        Assert.NotNull(await stayed);
        Assert.Single(_encoder.Texts, "slow: slow");
    }

    /// <summary>Tables that note each compilation; the texts would not show one too many, for their vectors are kept.</summary>
    private CompiledTables Tables(int capacity)
    {
        const int Dimensions = 4;
        var vectors = new PolicyVectors(_encoder, Dimensions);
        return new CompiledTables(
            capacity,
            (policies, beforeEach, closing) =>
            {
                _compiled.Enqueue(policies);
                return CompiledTable.Of(policies, vectors, Dimensions, beforeEach, closing);
            },
            new RequestGate(concurrency: 3, queue: 32),
            new Lifetime(() => { }));
    }
}
