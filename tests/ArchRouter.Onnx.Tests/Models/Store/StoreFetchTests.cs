using Microsoft.Extensions.Time.Testing;
using Answer = ArchRouter.Onnx.Tests.LoopbackServer.Answer;

namespace ArchRouter.Onnx.Tests;

public sealed class StoreFetchTests : IDisposable
{
    private const int Cut = 1_000_000;
    private static readonly string WeightsUrl = StoreStage.Url("onnx/model.onnx.data");
    private readonly StoreStage _stage = new();

    [Fact]
    public async Task Get_GoesOnAfterALostConnection()
    {
        CutFirst();
        _stage.Options.Retries = 1;

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));

        LoopbackServer.Request second = WeightRequests()[1];
        Assert.InRange(second.RangeFrom!.Value, 1, Cut);
        Assert.StartsWith("\"", second["If-Range"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_GoesOnInAnotherRun()
    {
        CutFirst();
        ModelStoreException error = await _stage.FailsAsync(ModelStoreError.Connection);
        Assert.Contains("onnx/model.onnx.data", error.File, StringComparison.Ordinal);

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));

        Assert.InRange(WeightRequests()[1].RangeFrom!.Value, 1, Cut);
        Assert.Equal(1, _stage.Asked("config.json"));
    }

    [Fact]
    public async Task Get_BeginsAgainWhenTheServerHasAnotherVersion()
    {
        byte[] other = [.. _stage.Weights.Reverse()];
        _stage.Server.Files[WeightsUrl] = other;
        CutFirst();
        await _stage.FailsAsync(ModelStoreError.Connection);
        _stage.Server.Files[WeightsUrl] = _stage.Weights;

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));

        Assert.Equal(2, WeightRequests().Length);
    }

    [Fact]
    public async Task Get_BeginsAgainWithoutATag()
    {
        CutFirst(answer => answer.Headers.Remove("ETag"));
        await _stage.FailsAsync(ModelStoreError.Connection);

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));

        Assert.Null(WeightRequests()[1].RangeFrom);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("\"cut off")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"tag\u00e9\"")]
    [InlineData("W/\"weak\"")]
    [InlineData("*")]
    public async Task Get_BeginsAgainWhenTheTagWasSpoiled(string tag)
    {
        CutFirst();
        await _stage.FailsAsync(ModelStoreError.Connection);
        File.WriteAllText(Directory.GetFiles($"{_stage.Folder}.partial", "*.etag", SearchOption.AllDirectories).Single(), tag);

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));

        Assert.Null(WeightRequests()[1].RangeFrom);
    }

    [Fact]
    public async Task Get_BeginsAgainWhenTheServersTagCannotBeSentBack()
    {
        CutFirst(answer => answer.Headers["ETag"] = "\"a\tb\"");
        await _stage.FailsAsync(ModelStoreError.Connection);

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));

        Assert.Null(WeightRequests()[1].RangeFrom);
    }

    [Fact]
    public async Task Get_BeginsAgainWhenThePartWasSpoiled()
    {
        CutFirst();
        await _stage.FailsAsync(ModelStoreError.Connection);
        string part = Directory.GetFiles($"{_stage.Folder}.partial", StoreStage.Hash(_stage.Weights), SearchOption.AllDirectories).Single();
        using (FileStream file = File.OpenWrite(part))
        {
            file.Write("spoiled"u8);
        }

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));
    }

    [Theory]
    [InlineData(206)]
    [InlineData(416)]
    public async Task Get_BeginsAgainWhenTheServerCannotContinue(int status)
    {
        CutFirst();
        await _stage.FailsAsync(ModelStoreError.Connection);
        _stage.Server.Handler = request => request.RangeFrom is null
            ? null
            : new(status, "wrong"u8.ToArray()) { Headers = { ["Content-Range"] = "bytes 5-9/3000000" } };

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));
    }

    [Fact]
    public async Task Get_DoesNotAskForWhatIsThere()
    {
        // The last byte came, and then the process ended before the file got its name.
        CutFirst();
        await _stage.FailsAsync(ModelStoreError.Connection);
        File.WriteAllBytes(Directory.GetFiles($"{_stage.Folder}.partial", StoreStage.Hash(_stage.Weights), SearchOption.AllDirectories).Single(), _stage.Weights);

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));

        Assert.Single(WeightRequests());
    }

    [Fact]
    public async Task Get_GivesUpAfterTheRetries()
    {
        _stage.Options.Retries = 2;
        _stage.Server.Handler = request => request.Path == WeightsUrl ? new(503, []) : null;

        ModelStoreException error = await _stage.FailsAsync(ModelStoreError.Connection);

        Assert.Equal(3, WeightRequests().Length);
        Assert.Contains("503", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_GivesUpWhenItGetsNoFurther()
    {
        // Without a tag nothing is continued; that one try came further than the one before is no progress.
        int asked = 0;
        _stage.Options.Retries = 2;
        _stage.Server.Handler = request => request.Path == WeightsUrl && asked++ < 20
            ? new(200, _stage.Weights) { CutAfter = asked % 2 == 1 ? Cut / 2 : Cut }
            : null;

        await _stage.FailsAsync(ModelStoreError.Connection);

        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task Get_GoesOnWhenTheEndCameTooEarlyWithoutALength()
    {
        bool first = true;
        _stage.Options.Retries = 1;
        _stage.Server.Handler = request =>
        {
            bool cut = request.Path == WeightsUrl && first;
            first &= !cut;
            return cut ? _stage.Server.FromFiles(request) with { CutAfter = Cut, HidesLength = true } : null;
        };

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));

        Assert.Equal(Cut, WeightRequests()[1].RangeFrom);
    }

    [Fact]
    public async Task Get_StopsWhenMoreComesThanTheFileHas()
    {
        var end = new TaskCompletionSource();
        _stage.Server.Handler = request => request.Path == WeightsUrl
            ? new(200, [.. _stage.Weights, .. _stage.Weights]) { HidesLength = true, Then = end.Task }
            : null;

        ModelStoreException error = await _stage.FailsAsync(ModelStoreError.Hash);

        end.SetResult();
        Assert.Contains("the server sends more", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_stage.Cache, StoreStage.Hash(_stage.Weights), SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_IsCancelledWhateverTheConnectionSays(bool answered)
    {
        using var source = new CancellationTokenSource();
        _stage.Client = new(new Failing(source.Cancel, answered));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _stage.Store().GetAsync(_stage.Manifest(), cancellationToken: source.Token));
    }

    [Fact]
    public async Task Get_NamesAServerThatIsNotThere()
    {
        _stage.Server.Dispose();

        Assert.NotNull((await _stage.FailsAsync(ModelStoreError.Connection)).InnerException);
    }

    [Fact]
    public async Task Get_EndsWhenTheServerFallsSilent()
    {
        var end = new TaskCompletionSource();
        var clock = new FakeTimeProvider();
        long written = 0;
        _stage.Clock = clock;
        _stage.OpenPart = (path, position) => new CountedFile(path, bytes => Interlocked.Add(ref written, bytes));
        _stage.Server.Handler = request => request.Path == WeightsUrl
            ? _stage.Server.FromFiles(request) with { CutAfter = Cut, Then = end.Task }
            : null;

        Task<ModelStoreException> failing = _stage.FailsAsync(ModelStoreError.Connection);
        await Stage.UntilAsync(() => Interlocked.Read(ref written) == "{}".Length + Cut);
        Assert.False(failing.IsCompleted);

        // No event tells when the store has begun to wait, so the minute passes more than once.
        await Stage.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return failing.IsCompleted;
        });
        Assert.Contains($"lost after {Cut} bytes", (await failing).Message, StringComparison.Ordinal);
        end.SetResult();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3_000_000L)]
    public async Task Get_RefusesAnotherHash(long? size)
    {
        _stage.Server.Files[WeightsUrl] = [.. _stage.Weights.Reverse()];

        ModelStoreException error = await _stage.FailsAsync(ModelStoreError.Hash, _stage.Manifest(size: size));

        Assert.Contains("SHA-256", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_stage.Cache, StoreStage.Hash(_stage.Weights), SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(_stage.Cache, "model.onnx.data", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Get_RefusesAnotherLengthBeforeItComes()
    {
        _stage.Server.Handler = request => request.Path == WeightsUrl ? new(200, []) { Length = 4_000_000 } : null;

        Assert.Contains("3000000 bytes were expected, but the server has 4000000", (await _stage.FailsAsync(ModelStoreError.Hash)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_RefusesAWebPage()
    {
        _stage.Server.Handler = _ => new(200, "<html>Please sign in</html>"u8.ToArray()) { Headers = { ["Content-Type"] = "text/html; charset=utf-8" } };

        Assert.Contains("A web page came instead of the file", (await _stage.FailsAsync(ModelStoreError.Answer)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, ModelStoreError.Access, "HF_TOKEN")]
    [InlineData(403, ModelStoreError.Access, "HF_TOKEN")]
    [InlineData(404, ModelStoreError.Answer, "does not have the file")]
    [InlineData(400, ModelStoreError.Answer, "status 400")]
    public async Task Get_NamesWhatTheServerRefuses(int status, ModelStoreError expected, string message)
    {
        _stage.Server.Handler = _ => new(status, []);
        _stage.Options.Retries = 3;

        Assert.Contains(message, (await _stage.FailsAsync(expected)).Message, StringComparison.Ordinal);

        Assert.Single(_stage.Server.Requests);
    }

    [Fact]
    public async Task Get_KeepsWhatCameWhenCancelled()
    {
        var end = new TaskCompletionSource();
        _stage.Server.Handler = request => request.Path == WeightsUrl && request.RangeFrom is null
            ? _stage.Server.FromFiles(request) with { CutAfter = Cut, Then = end.Task }
            : null;
        using var source = new CancellationTokenSource();
        var progress = new Callback(report =>
        {
            if (report.Done > 100)
            {
                source.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _stage.Store().GetAsync(_stage.Manifest(), progress, source.Token));
        end.SetResult();

        Assert.False(Directory.Exists(_stage.Folder));
        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));
        Assert.NotNull(WeightRequests()[1].RangeFrom);
    }

    [Fact]
    public async Task Get_NamesAFullDiskWhileWriting()
    {
        _stage.OpenPart = (path, position) => new FullDisk(path, position);

        ModelStoreException error = await _stage.FailsAsync(ModelStoreError.Disk);

        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Contains("ARCHROUTER_MODELS", error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FindsAFullDiskBeforeItFetches()
    {
        await _stage.FailsAsync(ModelStoreError.Disk, _stage.Manifest(size: long.MaxValue / 2));

        Assert.Empty(_stage.Server.Requests);
    }

    [Fact]
    public async Task Get_NamesACacheThatCannotBeMade()
    {
        string file = Path.Combine(_stage.Cache, "file");
        File.WriteAllText(file, "");
        _stage.Options.CacheFolder = Path.Combine(file, "cache");

        await _stage.FailsAsync(ModelStoreError.Disk);
    }

    public void Dispose() => _stage.Dispose();

    private void CutFirst(Action<Answer>? spoil = null)
    {
        bool first = true;
        _stage.Server.Handler = request =>
        {
            if (request.Path != WeightsUrl || !first)
            {
                return null;
            }

            first = false;
            Answer answer = _stage.Server.FromFiles(request) with { CutAfter = Cut };
            spoil?.Invoke(answer);
            return answer;
        };
    }

    private LoopbackServer.Request[] WeightRequests() => [.. _stage.Server.Requests.Where(request => request.Path == WeightsUrl)];

    private sealed class Callback(Action<ModelProgress> report) : IProgress<ModelProgress>
    {
        public void Report(ModelProgress value) => report(value);
    }

    /// <summary>Loses the connection right after something, before the answer or within its body. The client itself knows only its own exceptions for a cancellation.</summary>
    private sealed class Failing(Action before, bool answered) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answered ? Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new LostBody(before)) }) : throw Lost(before);

        private static IOException Lost(Action before)
        {
            before();
            return new IOException("The connection is gone.");
        }

        private sealed class LostBody(Action before) : MemoryStream
        {
            public override bool CanSeek => false;

            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw Lost(before);
        }
    }

    private sealed class CountedFile(string path, Action<int> written) : FileStream(path, FileMode.OpenOrCreate)
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            written(buffer.Length);
        }
    }

    private sealed class FullDisk(string path, long position) : FileStream(path, FileMode.OpenOrCreate)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            position == 0 ? throw new IOException($"No space left on device: '{Name}'") : ValueTask.CompletedTask;
    }
}
