using System.Security.Cryptography;

namespace ArchRouter.Onnx.Tests;

/// <summary>A server with a model of two files, an empty cache, and stores between them.</summary>
internal sealed class StoreStage : IDisposable
{
    public const string Id = "tests/tiny";
    public static readonly string Revision = new('a', 40);
    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("archrouter-store-");

    public StoreStage()
    {
        Server.Files[Url("config.json")] = "{}"u8.ToArray();
        Server.Files[Url("onnx/model.onnx.data")] = Weights;
        Options.BaseAddress = Server.Address;
        Options.CacheFolder = _cache.FullName;
        Options.Retries = 0;
    }

    public byte[] Weights { get; } = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 7 / 3))];

    public LoopbackServer Server { get; } = new();

    public ModelStoreOptions Options { get; } = new();

    public Dictionary<string, string> Environment { get; } = [];

    public HttpClient Client { get; set; } = ModelStore.CreateHttpClient();

    public Func<string, long, Stream> OpenPart { get; set; } = StoreSettings.Append;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public string Cache => _cache.FullName;

    public string Folder => Path.Combine(_cache.FullName, "tests--tiny", Revision);

    public string WeightsFile => Path.Combine(Folder, "onnx", "model.onnx.data");

    public ModelStore Store() => new(Client, Options, new StoreSettings(Options, Environment.GetValueOrDefault)
    {
        Clock = Clock,
        RetryDelay = TimeSpan.Zero,
        LockDelay = TimeSpan.FromMilliseconds(5),
        OpenPart = OpenPart,
    });

    public ModelManifest Manifest(ModelLicence? licence = null, long? size = 3_000_000, string? hash = null) => new(
        Id,
        Revision,
        [new("config.json", Hash("{}"u8.ToArray()), 2), new("onnx/model.onnx.data", hash ?? Hash(Weights), size)],
        licence);

    public static string Url(string file) => $"/{Id}/resolve/{Revision}/{file}";

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public int Asked(string file) => Server.Requests.Count(request => request.Path == Url(file));

    public void AssertWhole(string folder)
    {
        Assert.Equal(Folder, folder);
        Assert.Equal(Weights, File.ReadAllBytes(WeightsFile));
        Assert.Equal("{}", File.ReadAllText(Path.Combine(folder, "config.json")));
        Assert.False(Directory.Exists($"{Folder}.partial"));
    }

    public async Task<ModelStoreException> FailsAsync(ModelStoreError expected, ModelManifest? manifest = null)
    {
        var error = await Assert.ThrowsAsync<ModelStoreException>(() => Store().GetAsync(manifest ?? Manifest()));
        Assert.Equal(expected, error.Error);
        Assert.NotEmpty(error.Fix);
        Assert.Contains(error.File, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
        return error;
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        _cache.Delete(recursive: true);
    }
}
