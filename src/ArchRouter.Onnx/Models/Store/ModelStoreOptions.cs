namespace ArchRouter.Onnx;

/// <summary>Settings of a <see cref="ModelStore"/>. They are read when the store is made; later changes are not observed.</summary>
public sealed class ModelStoreOptions
{
    /// <summary>
    /// The folder that holds the models. <see langword="null"/>, the default, is the value of the environment variable <c>ARCHROUTER_MODELS</c>, and without it
    /// <c>archrouter/models</c> under <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>, on Windows under <c>%LOCALAPPDATA%</c>. A user that has no such folder, as in a service or a
    /// container, has to name one: a shared temporary folder would let others plant a model.
    /// </summary>
    public string? CacheFolder { get; set; }

    /// <summary>
    /// The server: that of Hugging Face, which is the default, or a mirror with the same paths. The token in the environment variable <c>HF_TOKEN</c> goes to this host
    /// and no other, and only over TLS or to this machine.
    /// </summary>
    public Uri BaseAddress { get; set; } = new("https://huggingface.co/");

    /// <summary>
    /// Whether only models that are in the cache are given, and no connection is ever made. The environment variable <c>ARCHROUTER_OFFLINE</c> with the value 1 switches it on too.
    /// </summary>
    public bool Offline { get; set; }

    /// <summary>
    /// The proxy for <see cref="ModelStore.CreateHttpClient"/>, as <c>http://host:port</c> or <c>http://name:password@host:port</c> with name and password percent-encoded; the schemes
    /// https, socks4, socks4a and socks5 are possible too. <see langword="null"/>, the default, follows the system and the usual environment variables, such as <c>HTTPS_PROXY</c>.
    /// </summary>
    public Uri? Proxy { get; set; }

    /// <summary>
    /// Shows a licence to a person and says whether it is accepted. It is asked once for a model and licence; the cache remembers. Without it a model with a licence is refused.
    /// </summary>
    public Func<ModelManifest, ModelLicence, CancellationToken, ValueTask<bool>>? AcceptLicence { get; set; }

    /// <summary>The models that can be asked for by id.</summary>
    public IList<ModelManifest> Manifests { get; } = [];

    /// <summary>How often a file is tried again after the connection was lost. The default is 4; 0 gives up at once. What was fetched is kept.</summary>
    public int Retries { get; set; } = 4;
}
