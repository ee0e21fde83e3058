namespace ArchRouter.OnnxGenAI.Tests;

public sealed class GenAIOptionsTests
{
    [Fact]
    public void CheckedCopy_IsNotChangedLater()
    {
        var options = new GenAIOptions { Provider = GenAIProvider.Cuda, DeviceId = 1, MaxQueue = 3, RecreateGenerator = true, ShutDownAtExit = false, Layout = "compact" };
        options.ProviderOptions["a"] = "1";

        GenAIOptions copy = options.CheckedCopy(() => GenAIProvider.Cpu);
        options.ProviderOptions["a"] = "2";
        options.MaxQueue = 4;

        Assert.Equal("1", copy.ProviderOptions["a"]);
        Assert.Equal((GenAIProvider.Cuda, 1, 3, true, false, "compact"), (copy.Provider, copy.DeviceId, copy.MaxQueue, copy.RecreateGenerator, copy.ShutDownAtExit, copy.Layout));
    }

    [Fact]
    public void CheckedCopy_RefusesWhatIsOutOfRange()
    {
        GenAIOptions[] wrong =
        [
            new() { MaxQueue = -1 }, new() { MaxContextTokens = 1 }, new() { ChunkTokens = 0 }, new() { CompiledTables = 0 }, new() { ProbabilityTolerance = 2 },
            new() { Provider = (GenAIProvider)9 }, new() { Provider = GenAIProvider.Cuda, DeviceId = -1 }, new() { Provider = GenAIProvider.Cpu, DeviceId = 0 },
        ];

        Assert.All(wrong, options => Assert.Throws<ArgumentException>(() => options.CheckedCopy(() => GenAIProvider.DirectML)));
    }

    [Theory]
    [InlineData(null, true, GenAIProvider.DirectML)]
    [InlineData(null, false, GenAIProvider.Cpu)]
    [InlineData("directml", true, GenAIProvider.DirectML)]
    [InlineData("directml", false, GenAIProvider.Cpu)]
    [InlineData("cpu", true, GenAIProvider.Cpu)]
    [InlineData("cuda", true, GenAIProvider.Cuda)]
    [InlineData("cuda", false, GenAIProvider.Cuda)]
    public void Auto_IsWhatTheApplicationWasBuiltFor(string? builtFor, bool windows, GenAIProvider expected) =>
        Assert.Equal(expected, AutoProvider.Find(builtFor, windows));
}
