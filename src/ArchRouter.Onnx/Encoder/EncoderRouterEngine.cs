namespace ArchRouter.Onnx;

/// <summary>
/// The tier-1 engine: a small sentence encoder on ONNX Runtime that compares one vector for the conversation with one for each policy.
/// Milliseconds on one processor core, no GPU, no service.
/// </summary>
/// <remarks>
/// <para>Thread-safe. Requests leave the caller's thread before any work; see <see cref="EncoderOptions"/> for the limits on running and waiting.</para>
/// <para>
/// Engines on the same folder with equal options share one loaded model, its limits and its compiled tables; the model is released when the
/// last of them is disposed.
/// </para>
/// <para>
/// Disposing while in use: running requests finish; waiting and later ones get <see cref="ObjectDisposedException"/>. <see cref="Dispose"/>
/// returns at once, <see cref="DisposeAsync"/> when the running ones have finished.
/// </para>
/// </remarks>
public sealed class EncoderRouterEngine : IRouterEngine, IDisposable, IAsyncDisposable
{
    private readonly EncoderRuntime _runtime;
    private readonly Lifetime _lifetime;

    internal EncoderRouterEngine(EncoderLease lease)
    {
        _runtime = lease.Runtime;
        _lifetime = new Lifetime(lease.Dispose);
    }

    /// <summary>The model's own name, which every answer carries as <see cref="PolicyScores.EngineId"/>.</summary>
    public string ModelId => _runtime.Description.Id;

    internal EncoderRuntime Runtime => _runtime;

    /// <summary>Loads a model folder: <c>router.json</c>, the graph and the tokenizer that it names.</summary>
    /// <param name="folder">The folder; a relative path starts at the current directory.</param>
    /// <param name="options">How the engine runs; copied. <see langword="null"/> means the defaults.</param>
    /// <exception cref="ArgumentException">The folder is empty, or an option is out of its range.</exception>
    /// <exception cref="ModelFolderException">The folder cannot be used; every problem that could be known at once is listed.</exception>
    public static EncoderRouterEngine Load(string folder, EncoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        EncoderOptions own = (options ?? new EncoderOptions()).CheckedCopy();
        EncoderKey key = EncoderKey.Of(folder, own);
        return new EncoderRouterEngine(SharedEncoders.Acquire(key, () => EncoderLoader.Load(key.Folder, own)));
    }

    /// <summary>Loads the model that comes with the package, from <c>models/quickstart</c> beside the application or in the package.</summary>
    /// <param name="options">How the engine runs; copied. <see langword="null"/> means the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ModelFolderException">The model was not found or cannot be used.</exception>
    public static EncoderRouterEngine LoadBundled(EncoderOptions? options = null) => Load(BundledModel.Find(), options);

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The engine is or was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired; a run under way is stopped.</exception>
    public async ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        Enter();
        try
        {
            _runtime.Gate.Admit();
            try
            {
                return await ScoreAdmittedAsync(request, cancellationToken).ConfigureAwait(false);
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

    /// <inheritdoc/>
    public void Dispose() => _ = _lifetime.Close();

    /// <summary>Disposes the engine and waits for its running requests.</summary>
    public ValueTask DisposeAsync() => new(_lifetime.Close());

    /// <summary>The unit-length vector of a text as it stands, computed on the calling thread past every limit. For measurements.</summary>
    internal ReadOnlyMemory<float> Embed(string text) => Embed(text, out _);

    /// <summary>The vector of a text and the logit of <c>other</c>.</summary>
    internal ReadOnlyMemory<float> Embed(string text, out float other)
    {
        Enter();
        try
        {
            return _runtime.Embed(text, out other);
        }
        finally
        {
            _lifetime.Exit();
        }
    }

    private async Task<PolicyScores> ScoreAdmittedAsync(RouterRequest request, CancellationToken cancellationToken)
    {
        if (!_runtime.Tables.TryGet(request.Policies, out CompiledTable? table))
        {
            table = await CompileAsync(request.Policies, cancellationToken).ConfigureAwait(false);
        }

        if (!_runtime.Gate.TryEnter())
        {
            await WaitAsync(_runtime.Gate.WaitAsync, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            ObjectDisposedException.ThrowIf(_lifetime.Closing.IsCancellationRequested, this);
            return await Task.Run(() => _runtime.Score(request, table, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _runtime.Gate.Release();
        }
    }

    private async Task<CompiledTable> CompileAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        CompiledTable? table = null;
        await WaitAsync(async token => table = await _runtime.Tables.CompileAsync(policies, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return table!;
    }

    /// <summary>Waits until something happens, the caller cancels or the engine is disposed.</summary>
    private async Task WaitAsync(Func<CancellationToken, Task> wait, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lifetime.Closing);
        try
        {
            await wait(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ObjectDisposedException(nameof(EncoderRouterEngine));
        }
    }

    private void Enter() => ObjectDisposedException.ThrowIf(!_lifetime.TryEnter(), this);
}
