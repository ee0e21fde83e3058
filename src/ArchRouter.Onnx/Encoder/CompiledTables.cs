namespace ArchRouter.Onnx;

/// <summary>Compiles each policy set once and keeps the ones used last. Callers who come at the same time share one compilation.</summary>
/// <remarks>
/// A compilation belongs to no caller: it goes on when the caller who asked first has left, and stops only when the model is released.
/// Shared by all engines on a model, because applications that build a kernel for each request would otherwise compile each time.
/// </remarks>
internal sealed class CompiledTables(int capacity, Func<PolicySet, CancellationToken, CompiledTable> compile, RequestGate gate, Lifetime lifetime)
{
    private readonly BoundedCache<string, Task<CompiledTable>> _tables = new(capacity);

    public int Count => _tables.Count;

    /// <summary>The compiled form of a set, or the work on it.</summary>
    public Task<CompiledTable> GetAsync(PolicySet policies) => _tables.GetOrAdd(policies.Version, _ => Start(policies));

    private Task<CompiledTable> Start(PolicySet policies)
    {
        Task<CompiledTable> work = Task.Run(() => CompileAsync(policies));

        // Failures are not kept, and they are observed here in case that every caller has left.
        _ = work.ContinueWith(
            failed =>
            {
                _ = failed.Exception;
                _tables.Remove(policies.Version, failed);
            },
            CancellationToken.None,
            TaskContinuationOptions.NotOnRanToCompletion,
            TaskScheduler.Default);
        return work;
    }

    private async Task<CompiledTable> CompileAsync(PolicySet policies)
    {
        ObjectDisposedException.ThrowIf(!lifetime.TryEnter(), typeof(EncoderRouterEngine));
        try
        {
            // One place among the running for the whole set: a place for each policy would put a large set behind every other request.
            await gate.WaitAsync(lifetime.Closing).ConfigureAwait(false);
            try
            {
                return compile(policies, lifetime.Closing);
            }
            finally
            {
                gate.Release();
            }
        }
        finally
        {
            lifetime.Exit();
        }
    }
}
