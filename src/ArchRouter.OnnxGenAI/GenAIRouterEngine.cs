using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>
/// The tier-2 engine on ONNX Runtime GenAI: the same prompts, answers and scoring as <see cref="DecoderRouterEngine"/>, run with DirectML, CUDA
/// or the processor.
/// </summary>
/// <remarks>
/// <para>
/// On the processor the policies stay read between requests. On CUDA and DirectML every request reads its prompt from the start, because the
/// library cannot cut a sequence there and go on rightly; where names part more than once, each further pass reads it again.
/// </para>
/// <para>
/// Thread-safe. Requests leave the caller's thread and run one after the other; see <see cref="GenAIOptions"/> for how many may wait. A pass
/// under way is not interrupted; cancellation is observed before the next.
/// </para>
/// <para>
/// Engines on the same folder with equal options share one loaded model; it is released when the last of them is disposed. DirectML takes one
/// model at a time in a process. Disposing while in use: running requests finish; waiting and later ones get
/// <see cref="ObjectDisposedException"/>. <see cref="Dispose"/> returns at once, <see cref="DisposeAsync"/> when the running ones have finished.
/// </para>
/// </remarks>
public sealed class GenAIRouterEngine : IRouterEngine, IDisposable, IAsyncDisposable
{
    private readonly DecoderRouterEngine _engine;

    internal GenAIRouterEngine(ModelLease<RouterModelRuntime> lease, GenAIProvider provider)
    {
        _engine = new DecoderRouterEngine(lease);
        Provider = provider;
    }

    /// <summary>The model's name, which every answer carries as <see cref="PolicyScores.EngineId"/>: from <c>router.json</c>, else the folder's.</summary>
    public string ModelId => _engine.ModelId;

    /// <summary>What the model runs on; never <see cref="GenAIProvider.Auto"/>.</summary>
    public GenAIProvider Provider { get; }

    /// <summary>Loads a model folder: <c>genai_config.json</c>, the graph that it names, <c>tokenizer.json</c>, and <c>router.json</c> if there is one.</summary>
    /// <param name="folder">The folder; a relative path starts at the current directory.</param>
    /// <param name="options">How the engine runs; copied. <see langword="null"/> means the defaults.</param>
    /// <exception cref="ArgumentException">The folder is empty, or an option is out of its range.</exception>
    /// <exception cref="ModelFolderException">The folder cannot be used; every problem that could be known at once is listed.</exception>
    /// <exception cref="GenAIUnavailableException">The library is not there, or not for the provider.</exception>
    /// <exception cref="InvalidOperationException">DirectML has another model loaded in this process.</exception>
    public static GenAIRouterEngine Load(string folder, GenAIOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return GenAIEngines.Current.Load(folder, (options ?? new GenAIOptions()).CheckedCopy(AutoProvider.Find));
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The engine is or was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    /// <exception cref="RouteTableException">The policies do not fit the model's context, or it cannot tell two of them apart.</exception>
    /// <exception cref="InvalidOperationException">The model gave logits that are no numbers.</exception>
    public ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default) =>
        _engine.ScoreAsync(request, cancellationToken);

    /// <summary>
    /// Compiles policies and runs the model once on them, ahead of the first request. On the processor they stay read; elsewhere this warms up
    /// the device.
    /// </summary>
    /// <param name="policies">The policies.</param>
    /// <param name="cancellationToken">Stops the run before its next pass.</param>
    /// <exception cref="RouterOverloadedException">Too many requests are waiting already.</exception>
    /// <exception cref="ObjectDisposedException">The engine is or was disposed.</exception>
    /// <exception cref="RouteTableException">The policies do not fit the model's context, or it cannot tell two of them apart.</exception>
    public ValueTask WarmUpAsync(PolicySet policies, CancellationToken cancellationToken = default) => _engine.WarmUpAsync(policies, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>Disposes the engine and waits for its running requests.</summary>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
