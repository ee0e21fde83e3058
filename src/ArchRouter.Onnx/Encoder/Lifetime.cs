namespace ArchRouter.Onnx;

/// <summary>Counts who uses a thing, so that it is released after its last use and not before.</summary>
/// <param name="release">Runs once, when the thing is closed and nobody uses it any more; must not throw.</param>
#pragma warning disable CA1001 // The source has no timer and links to nothing, so there is nothing of it to dispose.
internal sealed class Lifetime(Action release)
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _uses = 1;
    private bool _closed;

    /// <summary>Fires when closing begins, for those who wait.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Completes when the thing has been released.</summary>
    public Task Released => _released.Task;

    /// <summary>Begins a use, unless the thing is closed.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _uses++;
            return true;
        }
    }

    /// <summary>Ends a use.</summary>
    public void Exit()
    {
        lock (_lock)
        {
            if (--_uses > 0)
            {
                return;
            }
        }

        release();
        _released.SetResult();
    }

    /// <summary>Refuses new uses and gives up the owner's; closing twice is one closing.</summary>
    /// <returns>Completes when the thing has been released.</returns>
    public Task Close()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return _released.Task;
            }

            _closed = true;
        }

        _closing.Cancel();
        Exit();
        return _released.Task;
    }
}
