namespace ArchRouter.Onnx.Tests;

public sealed class EncoderOptionsTests
{
    [Fact]
    public void Load_ListsEveryOptionOutOfRange()
    {
        var options = new EncoderOptions { IntraOpThreads = 0, MaxConcurrency = -1, MaxQueue = -2, CompiledTables = 0 };

        var error = Assert.Throws<ArgumentException>(() => EncoderRouterEngine.LoadBundled(options));

        Assert.All(
            (string[])["IntraOpThreads is 0", "MaxConcurrency is -1", "MaxQueue is -2", "CompiledTables is 0"],
            problem => Assert.Contains(problem, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_DoesNotObserveLaterChanges()
    {
        using var folder = new TinyFolder();
        var options = new EncoderOptions();
        using EncoderRouterEngine first = EncoderRouterEngine.Load(folder.Path, options);
        options.MaxQueue = 1;
        using EncoderRouterEngine second = EncoderRouterEngine.Load(folder.Path);

        Assert.Same(first.Runtime, second.Runtime);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Load_RefusesAnEmptyFolderName(string folder) => Assert.Throws<ArgumentException>(() => EncoderRouterEngine.Load(folder));
}
