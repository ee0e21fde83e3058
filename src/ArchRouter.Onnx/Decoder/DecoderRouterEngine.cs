namespace ArchRouter.Onnx;

/// <summary>
/// The tier-2 engine on plain ONNX Runtime: a small language model, trained for routing, that reads policies and conversation as a prompt and
/// is asked for the probability of every policy's name.
/// </summary>
/// <remarks>
/// <para>
/// Takes a folder in the form of ONNX Runtime GenAI, on any machine, without that library. The policies stay read between requests, so that a
/// request costs the conversation and usually one pass. On a processor a model of a billion parameters still takes seconds for policies that it
/// has not read; see <see cref="WarmUpAsync"/>.
/// </para>
/// <para>
/// Thread-safe. Requests leave the caller's thread before any work; see <see cref="DecoderOptions"/> for the limits on running, waiting and
/// memory. A decision depends on its policies and conversation only, not on what the engine read before.
/// </para>
/// <para>
/// Engines on the same folder with equal options share one loaded model, its limits and its slots; the model is released when the last of them
/// is disposed.
/// </para>
/// <para>
/// Disposing while in use: running requests finish; waiting and later ones get <see cref="ObjectDisposedException"/>. <see cref="Dispose"/>
/// returns at once, <see cref="DisposeAsync"/> when the running ones have finished and the model is released.
/// </para>
/// </remarks>
public sealed class DecoderRouterEngine : IRouterEngine, IDisposable, IAsyncDisposable
{
    private static readonly SharedModels<RouterModelKey, RouterModelRuntime> Loaded = new(runtime => runtime.Release());

    private readonly RouterModelRuntime _runtime;
    private readonly Lifetime _lifetime;

    internal DecoderRouterEngine(ModelLease<RouterModelRuntime> lease)
    {
        _runtime = lease.Model;
        _lifetime = new Lifetime(lease.Dispose);
    }

    /// <summary>The model's name, which every answer carries as <see cref="PolicyScores.EngineId"/>: from <c>router.json</c>, else the folder's.</summary>
    public string ModelId => _runtime.Description.Id;

    internal RouterModelRuntime Runtime => _runtime;

    /// <summary>Loads a model folder: <c>genai_config.json</c>, the graph that it names, <c>tokenizer.json</c>, and <c>router.json</c> if there is one.</summary>
    /// <param name="folder">The folder; a relative path starts at the current directory.</param>
    /// <param name="options">How the engine runs; copied. <see langword="null"/> means the defaults.</param>
    /// <exception cref="ArgumentException">The folder is empty, or an option is out of its range.</exception>
    /// <exception cref="ModelFolderException">The folder cannot be used; every problem that could be known at once is listed.</exception>
    public static DecoderRouterEngine Load(string folder, DecoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        DecoderOptions own = (options ?? new DecoderOptions()).CheckedCopy();
        RouterModelKey key = RouterModelKey.Of(folder, own);
        return new DecoderRouterEngine(Loaded.Acquire(key, () => RouterModelLoader.Load(key.Folder, own)));
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The engine is or was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired; a run under way is stopped, and what was read is kept.</exception>
    /// <exception cref="RouteTableException">The policies do not fit the model's context, or it cannot tell two of them apart.</exception>
    /// <exception cref="InvalidOperationException">The model gave logits that are no numbers.</exception>
    public ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RunAsync(() => _runtime.Score(request, cancellationToken), cancellationToken);
    }

    /// <summary>Reads policies ahead of the first request with them, which then costs no more than later ones.</summary>
    /// <param name="policies">The policies.</param>
    /// <param name="cancellationToken">Stops the run; what was read is kept.</param>
    /// <exception cref="RouterOverloadedException">Too many requests are waiting already.</exception>
    /// <exception cref="ObjectDisposedException">The engine is or was disposed.</exception>
    /// <exception cref="RouteTableException">The policies do not fit the model's context, or it cannot tell two of them apart.</exception>
    public async ValueTask WarmUpAsync(PolicySet policies, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policies);
        await RunAsync(
            () =>
            {
                _runtime.WarmUp(policies, cancellationToken);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _ = _lifetime.Close();

    /// <summary>Disposes the engine and waits for its running requests.</summary>
    public ValueTask DisposeAsync() => new(_lifetime.Close());

    private async ValueTask<T> RunAsync<T>(Func<T> run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(!_lifetime.TryEnter(), this);
        try
        {
            _runtime.Gate.Admit();
            try
            {
                return await RunAdmittedAsync(run, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _runtime.Gate.Leave();
            }
        }
        finally
        {
            _lifetime.Exit();
        }
    }

    private async Task<T> RunAdmittedAsync<T>(Func<T> run, CancellationToken cancellationToken)
    {
        if (!_runtime.Gate.TryEnter())
        {
            await WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            ObjectDisposedException.ThrowIf(_lifetime.Closing.IsCancellationRequested, this);
            return await Task.Run(run, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _runtime.Gate.Release();
        }
    }

    /// <summary>Waits for leave to run, unless the caller cancels or the engine is disposed.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lifetime.Closing);
        try
        {
            await _runtime.Gate.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ObjectDisposedException(nameof(DecoderRouterEngine));
        }
    }
}
