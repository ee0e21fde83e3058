namespace ArchRouter;

/// <summary>Lets a number of runs go on at a time and a number of requests wait; more are refused.</summary>
#pragma warning disable CA1001 // The semaphore makes no wait handle unless asked for one, so there is nothing of it to dispose.
internal sealed class RequestGate(int concurrency, int queue)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _permits = new(concurrency, concurrency);
    private int _admitted;

    /// <summary>How many requests run or wait.</summary>
    public int Admitted => Volatile.Read(ref _admitted);

    /// <summary>Counts a request in, for as long as it runs or waits for anything.</summary>
    /// <exception cref="RouterOverloadedException">Too many wait already.</exception>
    public void Admit()
    {
        if (Interlocked.Increment(ref _admitted) > concurrency + (long)queue)
        {
            Interlocked.Decrement(ref _admitted);
            throw new RouterOverloadedException($"{queue} requests are waiting for the router model already, and {concurrency} run.");
        }
    }

    /// <summary>Counts a request out.</summary>
    public void Leave() => Interlocked.Decrement(ref _admitted);

    /// <summary>Takes leave to run if there is any at once.</summary>
    public bool TryEnter() => _permits.Wait(0);

    /// <summary>Waits for leave to run; first come, first served.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _permits.WaitAsync(cancellationToken);

    /// <summary>Ends a run.</summary>
    public void Release() => _permits.Release();

    /// <summary>Runs something when its turn comes; first come, first served.</summary>
    /// <exception cref="RouterOverloadedException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        Admit();
        try
        {
            await WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await run(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Release();
            }
        }
        finally
        {
            Leave();
        }
    }
}
