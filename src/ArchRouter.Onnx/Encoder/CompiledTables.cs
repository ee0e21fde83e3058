using System.Diagnostics.CodeAnalysis;

namespace ArchRouter.Onnx;

/// <summary>Compiles each policy set once and keeps the ones used last. Callers who come at the same time share one compilation.</summary>
/// <remarks>
/// A compilation goes on when the caller who asked first has left, and is given up when all have: at once where it still waits for its turn,
/// else before its next text. So there are no more of them than callers let in and runs at a time, however short the callers' deadlines are.
/// Shared by all engines on a model, because applications that build a kernel for each request would otherwise compile each time.
/// </remarks>
/// <param name="capacity">How many sets are kept.</param>
/// <param name="compile">Compiles a set on the calling thread; calls the action before each text, and stops when that throws.</param>
/// <param name="gate">Gives leave to run.</param>
/// <param name="lifetime">The model's.</param>
internal sealed class CompiledTables(int capacity, Func<PolicySet, Action, CancellationToken, CompiledTable> compile, RequestGate gate, Lifetime lifetime)
{
    private readonly Lock _lock = new();
    private readonly BoundedCache<string, CompiledTable> _tables = new(capacity);
    private readonly Dictionary<string, Compilation> _pending = [];

    public int Count => _tables.Count;

    /// <summary>The compiled form of a set, if it is there already.</summary>
    public bool TryGet(PolicySet policies, [NotNullWhen(true)] out CompiledTable? table) => _tables.TryGet(policies.Version, out table);

    /// <summary>Compiles a set, or waits for the compilation that is under way.</summary>
    /// <param name="policies">The set.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<CompiledTable> CompileAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        Compilation compilation;
        lock (_lock)
        {
            if (TryGet(policies, out CompiledTable? table))
            {
                return table;
            }

            if (!_pending.TryGetValue(policies.Version, out compilation!))
            {
                _pending.Add(policies.Version, compilation = new Compilation(policies));
            }

            compilation.Waiting++;
            compilation.Work ??= Start(compilation);
        }

        try
        {
            return await compilation.Work.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(compilation);
        }
    }

    private Task<CompiledTable> Start(Compilation compilation)
    {
        Task<CompiledTable> work = Task.Run(() => RunAsync(compilation));

        // Observed here in case that every caller has left.
        _ = work.ContinueWith(
            static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return work;
    }

    private async Task<CompiledTable> RunAsync(Compilation compilation)
    {
        try
        {
            ObjectDisposedException.ThrowIf(!lifetime.TryEnter(), typeof(EncoderRouterEngine));
            try
            {
                return await RunInTurnAsync(compilation).ConfigureAwait(false);
            }
            finally
            {
                lifetime.Exit();
            }
        }
        finally
        {
            // After the table is kept, so that nobody compiles it again, and before callers hear of a failure, so that those are not kept.
            lock (_lock)
            {
                Forget(compilation);
            }
        }
    }

    private async Task<CompiledTable> RunInTurnAsync(Compilation compilation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(compilation.GivenUp, lifetime.Closing);

        // One place among the running for the whole set: a place for each policy would put a large set behind every other request.
        await gate.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            CompiledTable table = compile(compilation.Policies, () => GoOn(compilation), lifetime.Closing);
            _tables.Set(compilation.Policies.Version, table);
            return table;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Ends a compilation that nobody waits for. What it has read stays, so that the next one with these policies gets further.</summary>
    private void GoOn(Compilation compilation)
    {
        lock (_lock)
        {
            if (compilation.Waiting == 0)
            {
                // Forgotten in the same breath: who comes now begins anew, who came before is served.
                Forget(compilation);
                throw new OperationCanceledException();
            }

            compilation.IsRunning = true;
        }
    }

    private void Leave(Compilation compilation)
    {
        lock (_lock)
        {
            if (--compilation.Waiting > 0 || compilation.IsRunning)
            {
                return;
            }

            Forget(compilation);
        }

        compilation.GiveUp();
    }

    private void Forget(Compilation compilation)
    {
        if (_pending.TryGetValue(compilation.Policies.Version, out Compilation? current) && current == compilation)
        {
            _pending.Remove(compilation.Policies.Version);
        }
    }
}
