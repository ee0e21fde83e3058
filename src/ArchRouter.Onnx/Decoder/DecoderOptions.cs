namespace ArchRouter.Onnx;

/// <summary>How the router model runs on plain ONNX Runtime.</summary>
/// <remarks>
/// <para>Read once when an engine is made; later changes are not observed.</para>
/// <para>
/// Memory beyond the weights is bounded by <see cref="Slots"/> × (context × layers × 2 × key-value heads × head size × bytes of a number) for
/// keys and values, where the context is the smaller of <see cref="MaxContextTokens"/> and the model's. For Qwen2.5-1.5B that is 57,344 bytes a
/// token in 32-bit floats: 235 MB for a slot of 4,096 tokens, taken as sequences reach that far. Graphs that write keys and values anew in each
/// run, because their attention is not GroupQueryAttention, take twice that. Each run at a time needs vocabulary × <see cref="ChunkTokens"/> ×
/// bytes of a number for its logits, or vocabulary × bytes if the graph was built to give only the last ones.
/// </para>
/// </remarks>
public sealed class DecoderOptions
{
    /// <summary>
    /// The prompt layout that the model was trained on, for folders whose <c>router.json</c> names none; such as <c>arch-router-card</c> or
    /// <c>compact</c>. Default: <see langword="null"/>.
    /// </summary>
    public string? Layout { get; set; }

    /// <summary>Threads that one run may use; 1 or more. Default: the number of processors, because reading the prompt takes all there are.</summary>
    public int IntraOpThreads { get; set; } = Environment.ProcessorCount;

    /// <summary>The most runs at a time; 1 to <see cref="Slots"/>. Default: 1, for one run keeps all processors busy.</summary>
    public int MaxConcurrency { get; set; } = 1;

    /// <summary>
    /// How many prompts stay in memory, each with the policies that it begins with; 1 or more. Requests with the same policies as one of them
    /// read only the conversation. Default: 2.
    /// </summary>
    public int Slots { get; set; } = 2;

    /// <summary>
    /// The most requests that wait for a run; 0 or more. More are refused with <see cref="RouterOverloadedException"/>, because an answer that
    /// comes too late is worth less than a quick fallback. Default: 16.
    /// </summary>
    public int MaxQueue { get; set; } = 16;

    /// <summary>The longest prompt with its answer, in tokens, unless the model's own context is shorter; 64 or more. Default: 4,096.</summary>
    public int MaxContextTokens { get; set; } = 4096;

    /// <summary>
    /// The most tokens of one run; 1 or more, of which no more count than the context has. Longer prompts take several, and what was read stays
    /// when a request is cancelled between them. Default: 128.
    /// </summary>
    public int ChunkTokens { get; set; } = 128;

    /// <summary>How many policy sets stay compiled, the ones used last; 1 or more. Default: 64.</summary>
    public int CompiledTables { get; set; } = 64;

    /// <summary>
    /// How much each probability may differ from the exact one; 0 to 1. The policy that wins is always the exact one; looking no further than
    /// needed saves runs where names begin alike. Default: 0.01.
    /// </summary>
    public double ProbabilityTolerance { get; set; } = 0.01;

    internal DecoderOptions CheckedCopy()
    {
        List<string> problems = [];
        AtLeast(1, IntraOpThreads, nameof(IntraOpThreads), problems);
        AtLeast(1, Slots, nameof(Slots), problems);
        AtLeast(1, MaxConcurrency, nameof(MaxConcurrency), problems);
        AtLeast(0, MaxQueue, nameof(MaxQueue), problems);
        AtLeast(64, MaxContextTokens, nameof(MaxContextTokens), problems);
        AtLeast(1, ChunkTokens, nameof(ChunkTokens), problems);
        AtLeast(1, CompiledTables, nameof(CompiledTables), problems);
        if (MaxConcurrency > Slots)
        {
            problems.Add($"{nameof(MaxConcurrency)} is {MaxConcurrency}, but there are {Slots} {nameof(Slots)}; each run needs one.");
        }

        if (ProbabilityTolerance is not (>= 0 and <= 1))
        {
            problems.Add($"{nameof(ProbabilityTolerance)} is {ProbabilityTolerance}; use 0 to 1.");
        }

        return problems.Count == 0
            ? (DecoderOptions)MemberwiseClone()
            : throw new ArgumentException($"The decoder options are not valid: {string.Join(" ", problems)}");
    }

    private static void AtLeast(int least, int value, string name, List<string> problems)
    {
        if (value < least)
        {
            problems.Add($"{name} is {value}; use {least} or more.");
        }
    }
}
