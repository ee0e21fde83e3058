namespace ArchRouter.Onnx.Tests;

/// <summary>A folder that is in use while another manifest of the same revision wants more of it.</summary>
public sealed class StoreExtendTests : IDisposable
{
    private const string Added = "vocab.txt";
    private static readonly byte[] AddedBytes = "one two"u8.ToArray();
    private readonly StoreStage _stage = new();
    private readonly ModelManifest _extended;

    public StoreExtendTests()
    {
        _stage.Server.Files[StoreStage.Url(Added)] = AddedBytes;
        _extended = With(new ModelFile(Added, StoreStage.Hash(AddedBytes), AddedBytes.Length));
    }

    private string AddedFile => Path.Combine(_stage.Folder, Added);

    private string Work => $"{_stage.Folder}.partial";

    [Fact]
    public async Task Get_LeavesAFolderInItsPlaceWhileMoreIsFetched()
    {
        await _stage.Store().GetAsync(_stage.Manifest());
        ModelStore reader = OfflineStore();
        Task<string>? meanwhile = null;
        _stage.Server.Handler = _ =>
        {
            meanwhile = reader.GetAsync(_stage.Manifest());
            return new(503, []);
        };

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => _stage.Store().GetAsync(_extended));

        Assert.Equal(ModelStoreError.Connection, error.Error);
        Assert.Equal(_stage.Folder, await meanwhile!);
        Assert.Equal(_stage.Folder, await reader.GetAsync(_stage.Manifest()));
        Assert.Equal(_stage.Weights, File.ReadAllBytes(_stage.WeightsFile));
        Assert.False(File.Exists(AddedFile));
    }

    [Fact]
    public async Task Get_AddsOnlyWhatIsMissing()
    {
        await _stage.Store().GetAsync(_stage.Manifest());

        _stage.AssertWhole(await _stage.Store().GetAsync(_extended));

        Assert.Equal(AddedBytes, File.ReadAllBytes(AddedFile));
        Assert.Equal(3, _stage.Server.Requests.Count);
    }

    [Fact]
    public async Task Get_KeepsTheFolderWholeForTheOtherManifest()
    {
        byte[] others = "other"u8.ToArray();
        _stage.Server.Files[StoreStage.Url("others.txt")] = others;
        await _stage.Store().GetAsync(_extended);

        await _stage.Store().GetAsync(With(new ModelFile("others.txt", StoreStage.Hash(others))));

        _stage.AssertWhole(await OfflineStore().GetAsync(_extended));
    }

    [Fact]
    public async Task Get_GoesOnWithWhatACrashLeftBesideAFolder()
    {
        await _stage.Store().GetAsync(_stage.Manifest());
        Directory.CreateDirectory(Path.Combine(Work, ".parts"));
        File.WriteAllBytes(Path.Combine(Work, ".parts", "of-another-file"), [1]);
        File.WriteAllBytes(Path.Combine(Work, "config.json"), "[]"u8.ToArray());
        File.WriteAllBytes(Path.Combine(Work, Added), AddedBytes);

        _stage.AssertWhole(await _stage.Store().GetAsync(_extended));

        Assert.Equal(AddedBytes, File.ReadAllBytes(AddedFile));
        Assert.Equal(2, _stage.Server.Requests.Count);
    }

    [Fact]
    public async Task Get_FinishesWhatACrashLeftInAFolder()
    {
        await _stage.Store().GetAsync(_stage.Manifest());
        File.WriteAllBytes(AddedFile, AddedBytes);

        await _stage.Store().GetAsync(_extended);

        _stage.AssertWhole(await OfflineStore().GetAsync(_extended));
        Assert.Equal(2, _stage.Server.Requests.Count);
    }

    [Fact]
    public async Task Get_VouchesForNothingWhileFilesAreReplaced()
    {
        await _stage.Store().GetAsync(_stage.Manifest());
        byte[] other = "[]"u8.ToArray();
        _stage.Server.Files[StoreStage.Url("config.json")] = other;
        Directory.CreateDirectory(AddedFile);
        ModelManifest replacing = new(StoreStage.Id, StoreStage.Revision, [new("config.json", StoreStage.Hash(other), 2), _extended.Files[^1]]);

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => _stage.Store().GetAsync(replacing));

        // One file is replaced, the next could not be: the folder is of neither version.
        Assert.Equal(ModelStoreError.Disk, error.Error);
        Assert.Equal(other, File.ReadAllBytes(Path.Combine(_stage.Folder, "config.json")));
        error = await Assert.ThrowsAsync<ModelStoreException>(() => OfflineStore().GetAsync(_stage.Manifest()));
        Assert.Equal(ModelStoreError.Offline, error.Error);
    }

    public void Dispose() => _stage.Dispose();

    private ModelManifest With(ModelFile file) => new(StoreStage.Id, StoreStage.Revision, [.. _stage.Manifest().Files, file]);

    private ModelStore OfflineStore()
    {
        _stage.Options.Offline = true;
        ModelStore store = _stage.Store();
        _stage.Options.Offline = false;
        return store;
    }
}
