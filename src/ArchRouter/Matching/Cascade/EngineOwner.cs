namespace ArchRouter;

/// <summary>Disposes an engine in whichever way it can be.</summary>
internal sealed class EngineOwner(IRouterEngine engine) : IDisposable, IAsyncDisposable
{
    public void Dispose()
    {
        switch (engine)
        {
            case IDisposable disposable:
                disposable.Dispose();
                break;
            case IAsyncDisposable disposable:
                disposable.DisposeAsync().AsTask().GetAwaiter().GetResult();
                break;
        }
    }

    public ValueTask DisposeAsync()
    {
        if (engine is IAsyncDisposable disposable)
        {
            return disposable.DisposeAsync();
        }

        (engine as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
