namespace CodingAgents;

/// <summary>
/// Lets tools run until it is closed. Closing stops those that run and waits for them, so that nothing works in the repository any more; a
/// framework that was cancelled may still be in the middle of one.
/// </summary>
internal sealed class ToolGate : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    /// <exception cref="OperationCanceledException">Cancelled, or the gate is closed.</exception>
    public async ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> tool, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _closing.Token.ThrowIfCancellationRequested();
            _running++;
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
            return await tool(either.Token);
        }
        finally
        {
            lock (_lock)
            {
                _running--;
                EndWhenEmpty();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Never disposed: a late caller still asks its token.
        await _closing.CancelAsync();
        lock (_lock)
        {
            EndWhenEmpty();
        }

        await _empty.Task;
    }

    private void EndWhenEmpty()
    {
        if (_running == 0 && _closing.IsCancellationRequested)
        {
            _empty.TrySetResult();
        }
    }
}
