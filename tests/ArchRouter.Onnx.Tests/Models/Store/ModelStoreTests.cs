namespace ArchRouter.Onnx.Tests;

public sealed class ModelStoreTests : IDisposable
{
    private readonly StoreStage _stage = new();

    [Fact]
    public async Task Get_FetchesOnceAndThenAsksNobody()
    {
        string folder = await _stage.Store().GetAsync(_stage.Manifest());
        _stage.Server.Dispose();

        string again = await _stage.Store().GetAsync(_stage.Manifest());

        _stage.AssertWhole(folder);
        _stage.AssertWhole(again);
        Assert.Equal(2, _stage.Server.Requests.Count);
    }

    [Fact]
    public async Task Resolve_KnowsManifestsById()
    {
        _stage.Options.Manifests.Add(_stage.Manifest());

        _stage.AssertWhole(await _stage.Store().ResolveAsync("Tests/Tiny"));
    }

    [Fact]
    public async Task Resolve_TakesAFolder() => Assert.Equal(_stage.Cache, await _stage.Store().ResolveAsync(_stage.Cache));

    [Theory]
    [InlineData("no/manifest", ModelStoreError.Manifest)]
    [InlineData("./no/folder", ModelStoreError.NotFound)]
    [InlineData("../no", ModelStoreError.NotFound)]
    public async Task Resolve_SaysWhatIsMissing(string model, ModelStoreError expected)
    {
        var error = await Assert.ThrowsAsync<ModelStoreException>(() => _stage.Store().ResolveAsync(model));

        Assert.Equal(expected, error.Error);
        Assert.Empty(_stage.Server.Requests);
    }

    [Fact]
    public async Task Get_ReportsProgressToTheEndOfEachFile()
    {
        var reports = new List<ModelProgress>();

        await _stage.Store().GetAsync(_stage.Manifest(), new Callback(reports.Add));

        Assert.Contains(new ModelProgress("config.json", 2, 2), reports);
        Assert.Equal(new ModelProgress("onnx/model.onnx.data", 3_000_000, 3_000_000), reports[^1]);
        Assert.Contains(reports, report => report is { Done: > 2 and < 3_000_000, Total: 3_000_000 });
    }

    [Fact]
    public async Task Get_IsSharedByConcurrentCallers()
    {
        ModelStore store = _stage.Store();

        string[] folders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.GetAsync(_stage.Manifest()))));

        Assert.All(folders, _stage.AssertWhole);
        Assert.Equal(1, _stage.Asked("onnx/model.onnx.data"));
    }

    [Fact]
    public async Task Get_WaitsForAnotherHolderOfTheLock()
    {
        // What another process holds is a file opened in the same way.
        Directory.CreateDirectory(Path.GetDirectoryName(_stage.Folder)!);
        Task<string> waiting;
        using (new FileStream($"{_stage.Folder}.lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            waiting = _stage.Store().GetAsync(_stage.Manifest());
            Assert.Empty(_stage.Server.Requests);
            Assert.False(waiting.IsCompleted);
        }

        _stage.AssertWhole(await waiting);
    }

    [Fact]
    public async Task Get_StopsWaitingWhenCancelled()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_stage.Folder)!);
        using var held = new FileStream($"{_stage.Folder}.lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        using var source = new CancellationTokenSource();
        Task<string> waiting = _stage.Store().GetAsync(_stage.Manifest(), cancellationToken: source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Get_MendsAFolderThatWasDamaged()
    {
        await _stage.Store().GetAsync(_stage.Manifest());
        using (FileStream file = File.OpenWrite(_stage.WeightsFile))
        {
            file.SetLength(1000);
        }

        string folder = await _stage.Store().GetAsync(_stage.Manifest());

        _stage.AssertWhole(folder);
        Assert.Equal(1, _stage.Asked("config.json"));
        Assert.Equal(2, _stage.Asked("onnx/model.onnx.data"));
    }

    [Fact]
    public async Task Get_FetchesAgainWhatAnotherManifestPinsOtherwise()
    {
        await _stage.Store().GetAsync(_stage.Manifest());
        byte[] other = [1, 2, 3];
        _stage.Server.Files[StoreStage.Url("onnx/model.onnx.data")] = other;

        await _stage.Store().GetAsync(_stage.Manifest(size: 3, hash: StoreStage.Hash(other)));

        Assert.Equal(other, File.ReadAllBytes(_stage.WeightsFile));
    }

    [Fact]
    public async Task Offline_GivesWhatIsCachedAndNothingElse()
    {
        _stage.Options.Offline = true;
        ModelStoreException error = await _stage.FailsAsync(ModelStoreError.Offline);
        Assert.Contains(_stage.Cache, error.Message, StringComparison.Ordinal);
        Assert.Empty(_stage.Server.Requests);

        _stage.Options.Offline = false;
        await _stage.Store().GetAsync(_stage.Manifest());
        _stage.Options.Offline = true;

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));
    }

    [Fact]
    public async Task Offline_CanBeSetInTheEnvironment()
    {
        _stage.Environment["ARCHROUTER_OFFLINE"] = "1";

        await _stage.FailsAsync(ModelStoreError.Offline);

        Assert.Empty(_stage.Server.Requests);
    }

    [Fact]
    public async Task Get_TakesAMirrorWithAPath()
    {
        using var mirror = new LoopbackServer();
        foreach ((string path, byte[] bytes) in _stage.Server.Files)
        {
            mirror.Files[$"/hub/mirror{path}"] = bytes;
        }

        _stage.Options.BaseAddress = new(mirror.Address, "hub/mirror");

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));
        Assert.Empty(_stage.Server.Requests);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("file:///tmp/")]
    public void Store_RefusesOtherAddresses(string address)
    {
        _stage.Options.BaseAddress = new(address);

        Assert.Contains(address, Assert.Throws<ArgumentException>(() => new ModelStore(_stage.Client, _stage.Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cache_IsWhereTheEnvironmentSays()
    {
        _stage.Options.CacheFolder = null;
        _stage.Environment["ARCHROUTER_MODELS"] = Path.Combine(_stage.Cache, "elsewhere");

        Assert.Equal(Path.Combine(_stage.Cache, "elsewhere"), _stage.Store().CacheFolder);
    }

    [Fact]
    public void Cache_IsPerUser()
    {
        _stage.Options.CacheFolder = null;
        _stage.Environment["XDG_CACHE_HOME"] = _stage.Cache;

        string expected = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) : _stage.Cache;
        Assert.Equal(Path.Combine(expected, "archrouter", "models"), _stage.Store().CacheFolder);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", " ")]
    [InlineData("cache", "home")]
    public void Cache_IsNotAFolderThatOthersCanPlant(string? cacheHome, string? home)
    {
        _stage.Options.CacheFolder = null;
        Set("XDG_CACHE_HOME", cacheHome);
        Set("HOME", home);
        if (OperatingSystem.IsWindows())
        {
            // There the system itself knows the user's folder.
            Assert.StartsWith(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), _stage.Store().CacheFolder, StringComparison.Ordinal);
            return;
        }

        var error = Assert.Throws<ArgumentException>(_stage.Store);

        Assert.Contains("ARCHROUTER_MODELS", error.Message, StringComparison.Ordinal);
        Assert.Contains("ModelStoreOptions.CacheFolder", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _stage.Dispose();

    private void Set(string variable, string? value)
    {
        if (value is not null)
        {
            _stage.Environment[variable] = value;
        }
    }

    private sealed class Callback(Action<ModelProgress> report) : IProgress<ModelProgress>
    {
        public void Report(ModelProgress value) => report(value);
    }
}
