namespace ArchRouter;

/// <summary>Lets a number of requests run at a time and a number wait; more are refused.</summary>
#pragma warning disable CA1001 // The semaphore makes no wait handle unless asked for one, so there is nothing of it to dispose.
internal sealed class RequestGate(int concurrency, int queue)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _permits = new(concurrency, concurrency);
    private int _admitted;

    /// <summary>How many requests run or wait.</summary>
    public int Admitted => Volatile.Read(ref _admitted);

    /// <summary>Runs something when its turn comes; first come, first served.</summary>
    /// <exception cref="RouterOverloadedException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _admitted) > concurrency + (long)queue)
        {
            Interlocked.Decrement(ref _admitted);
            throw new RouterOverloadedException($"{queue} requests are waiting for the router model already, and {concurrency} run.");
        }

        try
        {
            await _permits.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await run(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _permits.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _admitted);
        }
    }
}
