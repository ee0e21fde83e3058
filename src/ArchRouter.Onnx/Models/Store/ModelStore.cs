namespace ArchRouter.Onnx;

/// <summary>
/// Finds models by folder, or fetches them by id into a per-user cache: pinned to a revision, checked by hash, continued after a break, and visible only when whole.
/// Safe for use by several threads, and by several processes with the same cache.
/// </summary>
public sealed class ModelStore
{
    private readonly HttpClient _client;
    private readonly StoreSettings _settings;
    private readonly Dictionary<string, ModelManifest> _manifests;

    /// <summary>Makes a store.</summary>
    /// <param name="client">Makes the connections; it stays the caller's. <see cref="CreateHttpClient"/> makes one that fits.</param>
    /// <param name="options">The settings, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or two manifests have the same id.</exception>
    public ModelStore(HttpClient client, ModelStoreOptions? options = null)
        : this(client, options ?? new(), new StoreSettings(options ?? new(), Environment.GetEnvironmentVariable))
    {
    }

    internal ModelStore(HttpClient client, ModelStoreOptions options, StoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _settings = settings;
        _manifests = options.Manifests.ToDictionary(manifest => manifest.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The folder that holds the models.</summary>
    public string CacheFolder => _settings.CacheFolder;

    /// <summary>Makes a client that fits a store: through the proxy of the options, without cookies.</summary>
    /// <param name="options">The settings, or <see langword="null"/> for the defaults.</param>
    /// <returns>The client; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The proxy's address is not of the form that <see cref="ModelStoreOptions.Proxy"/> describes.</exception>
    public static HttpClient CreateHttpClient(ModelStoreOptions? options = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(30),
        };
        if (options?.Proxy is { } proxy)
        {
            handler.Proxy = ModelProxy.From(proxy);
        }

        return new(handler);
    }

    /// <summary>Gives the folder of a model.</summary>
    /// <param name="model">The id of one of the options' manifests, or else a folder.</param>
    /// <param name="progress">Is told how much of each file was fetched.</param>
    /// <param name="cancellationToken">Ends the fetching; what was fetched is kept for the next time.</param>
    /// <returns>The full path of a folder. One in the cache is whole.</returns>
    /// <exception cref="ModelStoreException">The model could not be had.</exception>
    public Task<string> ResolveAsync(string model, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        if (_manifests.TryGetValue(model, out ModelManifest? manifest))
        {
            return GetAsync(manifest, progress, cancellationToken);
        }

        if (Directory.Exists(model))
        {
            return Task.FromResult(Path.GetFullPath(model));
        }

        return Task.FromException<string>(ModelId.IsId(model)
            ? new ModelStoreException(
                ModelStoreError.Manifest, model, "There is no folder of this name and no manifest with this id.", $"Add a manifest, which pins revision and hashes, to {nameof(ModelStoreOptions)}.{nameof(ModelStoreOptions.Manifests)}.")
            : new ModelStoreException(ModelStoreError.NotFound, Path.GetFullPath(model), "The folder does not exist.", "Name a model's folder, or an id of the form owner/name."));
    }

    /// <summary>Gives the folder of a model in the cache, and fetches it if it is not there.</summary>
    /// <param name="manifest">The model.</param>
    /// <param name="progress">Is told how much of each file was fetched.</param>
    /// <param name="cancellationToken">Ends the fetching; what was fetched is kept for the next time.</param>
    /// <returns>The full path of the folder, which is whole.</returns>
    /// <exception cref="ModelStoreException">The model could not be had.</exception>
    public Task<string> GetAsync(ModelManifest manifest, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new ModelFetch(_client, manifest, _settings, progress).RunAsync(cancellationToken);
    }
}
