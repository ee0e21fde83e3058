namespace ArchRouter.Onnx.Tests;

/// <summary>A place in a run where it stops until the test lets it go on.</summary>
internal sealed class Stage : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly ManualResetEventSlim _open = new(false);

    /// <summary>Called by the run; ends early when the run is cancelled.</summary>
    public void Pass(CancellationToken cancellationToken = default)
    {
        _arrived.Release();
        Assert.True(_open.Wait(Patience, cancellationToken), "The test never opened the stage.");
    }

    /// <summary>Waits until one more run has come.</summary>
    public async Task ArrivedAsync() => Assert.True(await _arrived.WaitAsync(Patience), "No run came to the stage.");

    public void Open() => _open.Set();

    public void Dispose()
    {
        _open.Set();
        _arrived.Dispose();
        _open.Dispose();
    }

    /// <summary>Waits until something is so that no event announces.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        for (DateTime end = DateTime.UtcNow + Patience; !condition(); await Task.Delay(1))
        {
            Assert.True(DateTime.UtcNow < end, "It never became so.");
        }
    }
}
