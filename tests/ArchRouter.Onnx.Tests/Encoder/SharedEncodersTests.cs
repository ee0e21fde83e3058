namespace ArchRouter.Onnx.Tests;

public sealed class SharedEncodersTests : IDisposable
{
    private readonly EncoderKey _key = EncoderKey.Of(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()), new EncoderOptions());
    private readonly ScriptedTextEncoder _encoder = new();
    private int _loads;

    public void Dispose() => _encoder.Dispose();

    [Fact]
    public void Acquire_LoadsOnceForAHundredHolders()
    {
        EncoderLease[] leases = new EncoderLease[100];
        Parallel.For(0, leases.Length, i => leases[i] = SharedEncoders.Acquire(_key, Load));

        Assert.Equal(1, _loads);
        Assert.Single(leases.Select(lease => lease.Runtime).Distinct());
        Array.ForEach(leases[1..], lease => lease.Dispose());
        Assert.Equal(0, _encoder.Disposals);
        leases[0].Dispose();
        leases[0].Dispose();
        Assert.Equal(1, _encoder.Disposals);
    }

    [Fact]
    public void Acquire_LoadsAgainAfterTheLastHolderLeft()
    {
        SharedEncoders.Acquire(_key, Load).Dispose();
        SharedEncoders.Acquire(_key, Load).Dispose();

        Assert.Equal(2, _loads);
        Assert.Equal(2, _encoder.Disposals);
    }

    [Fact]
    public void Acquire_DoesNotKeepFailures()
    {
        Assert.Throws<InvalidDataException>(() => SharedEncoders.Acquire(_key, () => throw new InvalidDataException()));

        using EncoderLease lease = SharedEncoders.Acquire(_key, Load);

        Assert.Equal(1, _loads);
    }

    [Fact]
    public void Load_SharesByFolderAndOptions()
    {
        using var folder = new TinyFolder();
        using EncoderRouterEngine first = EncoderRouterEngine.Load(folder.Path);
        using EncoderRouterEngine same = EncoderRouterEngine.Load(Path.Combine(folder.Path, "..", Path.GetFileName(folder.Path)) + Path.DirectorySeparatorChar);
        using EncoderRouterEngine other = EncoderRouterEngine.Load(folder.Path, new EncoderOptions { MaxQueue = 7 });

        Assert.Same(first.Runtime, same.Runtime);
        Assert.NotSame(first.Runtime, other.Runtime);
    }

    [Fact]
    public void Load_TakesAReplacedModelAfresh()
    {
        using var folder = new TinyFolder();
        using EncoderRouterEngine old = EncoderRouterEngine.Load(folder.Path);

        System.Text.Json.Nodes.JsonObject description = folder.Description();
        description["id"] = "tiny-2";
        folder.WriteDescription(description);
        File.SetLastWriteTimeUtc(folder.File_("router.json"), DateTime.UtcNow.AddMinutes(1));
        using EncoderRouterEngine fresh = EncoderRouterEngine.Load(folder.Path);

        Assert.Equal("tiny", old.ModelId);
        Assert.Equal("tiny-2", fresh.ModelId);
    }

    [Fact]
    public void Key_ChangesWithEveryFileOfTheFolder()
    {
        using var folder = new TinyFolder();
        HashSet<EncoderKey> keys = [EncoderKey.Of(folder.Path, new EncoderOptions())];
        Assert.Contains(EncoderKey.Of(folder.Path, new EncoderOptions()), keys);

        foreach (string file in (string[])["tokenizer.json", "model.onnx", "router.json"])
        {
            File.SetLastWriteTimeUtc(folder.File_(file), DateTime.UtcNow.AddMinutes(1));
            Assert.True(keys.Add(EncoderKey.Of(folder.Path, new EncoderOptions())), file);
        }
    }

    [Fact]
    public void Key_FollowsLinksToTheirFiles()
    {
        using var folder = new TinyFolder();
        using var elsewhere = new TinyFolder();
        File.Delete(folder.File_("tokenizer.json"));
        File.CreateSymbolicLink(folder.File_("tokenizer.json"), elsewhere.File_("tokenizer.json"));
        EncoderKey before = EncoderKey.Of(folder.Path, new EncoderOptions());

        File.AppendAllText(elsewhere.File_("tokenizer.json"), "\n");

        Assert.NotEqual(before, EncoderKey.Of(folder.Path, new EncoderOptions()));
    }

    private EncoderRuntime Load()
    {
        Interlocked.Increment(ref _loads);
        return _encoder.ToRuntime();
    }
}
