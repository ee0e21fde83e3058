namespace ArchRouter.OnnxGenAI;

/// <summary>
/// Keeps the library's handle from before the first model until the process ends. Disposed between two models, some versions crash when the
/// second is loaded; disposed twice, all do.
/// </summary>
internal sealed class LibraryUse(Func<IDisposable> open)
{
    private readonly Lock _lock = new();
    private IDisposable? _handle;
    private int _models;
    private bool _closed;

    /// <summary>Counts a model in; disposing counts it out.</summary>
    /// <exception cref="InvalidOperationException">The process is ending.</exception>
    public IDisposable Enter()
    {
        lock (_lock)
        {
            if (_closed)
            {
                throw new InvalidOperationException("ONNX Runtime GenAI was shut down, for the process is ending.");
            }

            _handle ??= open();
            _models++;
            return new Use(this);
        }
    }

    /// <summary>Shuts the library down unless a model is loaded; leaving it to the system is safe, pulling it from under a model is not.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_closed || _models > 0)
            {
                return;
            }

            _closed = true;
            _handle?.Dispose();
        }
    }

    private void Exit()
    {
        lock (_lock)
        {
            _models--;
        }
    }

    private sealed class Use(LibraryUse library) : IDisposable
    {
        private LibraryUse? _library = library;

        public void Dispose() => Interlocked.Exchange(ref _library, null)?.Exit();
    }
}
