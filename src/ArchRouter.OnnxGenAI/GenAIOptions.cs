using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>How the router model runs on ONNX Runtime GenAI.</summary>
/// <remarks>
/// <para>Read once when an engine is made; later changes are not observed. Engines with equal options on the same folder share one loaded model.</para>
/// <para>
/// Requests run one after the other, because the library takes one caller at a time. Keys and values take <see cref="MaxContextTokens"/> ×
/// (layers × 2 × key-value heads × head size × bytes of a number), all at once: for Qwen2.5-1.5B 28,672 bytes a token in half precision and
/// 57,344 in single. Logits take vocabulary × tokens of a pass × bytes of a number unless the graph was built to give only the last ones; on
/// DirectML a pass is the whole prompt.
/// </para>
/// </remarks>
public sealed class GenAIOptions
{
    /// <summary>What the model runs on. Default: <see cref="GenAIProvider.Auto"/>. There is no silent change to another when it is missing.</summary>
    public GenAIProvider Provider { get; set; } = GenAIProvider.Auto;

    /// <summary>Which graphics processor; 0 or more. Default: <see langword="null"/>, the provider's first choice. Not for the processor.</summary>
    public int? DeviceId { get; set; }

    /// <summary>Further options of the provider by name, as it documents them, such as <c>luid</c> for DirectML. Not for the processor. Default: none.</summary>
    public IDictionary<string, string> ProviderOptions { get; } = new Dictionary<string, string>();

    /// <summary>The prompt layout, for folders whose <c>router.json</c> names none. Default: <see langword="null"/>.</summary>
    public string? Layout { get; set; }

    /// <summary>
    /// The most requests that wait for the model; 0 or more. More are refused with <see cref="RouterOverloadedException"/>. Default: 16.
    /// </summary>
    public int MaxQueue { get; set; } = 16;

    /// <summary>
    /// The longest prompt with its answer, in tokens, unless the model's own context is shorter; 64 or more. Memory for it is taken at once.
    /// Default: 4,096.
    /// </summary>
    public int MaxContextTokens { get; set; } = 4096;

    /// <summary>
    /// The most tokens of one pass on CUDA and the processor; 1 or more. Cancellation is observed between passes. DirectML takes a prompt only
    /// as a whole. Default: 128.
    /// </summary>
    public int ChunkTokens { get; set; } = 128;

    /// <summary>How many policy sets stay compiled, the ones used last; 1 or more. Default: 64.</summary>
    public int CompiledTables { get; set; } = 64;

    /// <summary>How much each probability may differ from the exact one; 0 to 1. The policy that wins is always the exact one. Default: 0.01.</summary>
    public double ProbabilityTolerance { get; set; } = 0.01;

    /// <summary>
    /// Makes the library's generator anew where it would be rewound to its start. Slower; for drivers or versions that give other logits after a
    /// rewind, which loading finds out. Default: <see langword="false"/>.
    /// </summary>
    public bool RecreateGenerator { get; set; }

    /// <summary>
    /// Shuts the library down when the process ends, if no model of this engine is loaded then. Turn it off in applications that hold an
    /// <c>OgaHandle</c> of their own, because it must be disposed once only. Default: <see langword="true"/>.
    /// </summary>
    public bool ShutDownAtExit { get; set; } = true;

    /// <summary>The options that all router models have, for a library that takes one caller at a time.</summary>
    internal DecoderOptions Shared => new()
    {
        Layout = Layout,
        MaxConcurrency = 1,
        Slots = 1,
        MaxQueue = MaxQueue,
        MaxContextTokens = MaxContextTokens,
        ChunkTokens = ChunkTokens,
        CompiledTables = CompiledTables,
        ProbabilityTolerance = ProbabilityTolerance,
    };

    /// <summary>A copy that nobody else changes, with the provider settled.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal GenAIOptions CheckedCopy(Func<GenAIProvider> auto)
    {
        _ = Shared.CheckedCopy();
        if (!Enum.IsDefined(Provider))
        {
            throw new ArgumentException($"{nameof(Provider)} is {Provider}; use one that is defined.");
        }

        GenAIProvider provider = Provider == GenAIProvider.Auto ? auto() : Provider;
        if (DeviceId < 0)
        {
            throw new ArgumentException($"{nameof(DeviceId)} is {DeviceId}; use 0 or more.");
        }

        // GenAI throws for a processor entry with options; it is better said here.
        if (provider == GenAIProvider.Cpu && (DeviceId is not null || ProviderOptions.Count > 0))
        {
            throw new ArgumentException($"{nameof(DeviceId)} and {nameof(ProviderOptions)} are for graphics processors, but the provider is {provider}.");
        }

        var copy = new GenAIOptions
        {
            Provider = provider,
            DeviceId = DeviceId,
            Layout = Layout,
            MaxQueue = MaxQueue,
            MaxContextTokens = MaxContextTokens,
            ChunkTokens = ChunkTokens,
            CompiledTables = CompiledTables,
            ProbabilityTolerance = ProbabilityTolerance,
            RecreateGenerator = RecreateGenerator,
            ShutDownAtExit = ShutDownAtExit,
        };
        foreach ((string name, string value) in ProviderOptions)
        {
            copy.ProviderOptions.Add(name, value);
        }

        return copy;
    }
}
