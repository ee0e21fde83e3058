namespace ArchRouter.Onnx;

/// <summary>How the encoder engine runs.</summary>
/// <remarks>
/// Read once when an engine is made; later changes are not observed. Engines with equal options on the same folder share one loaded model,
/// and with it the limits below: they hold for all of them together.
/// </remarks>
public sealed class EncoderOptions
{
    /// <summary>
    /// The model folder for <c>UseEncoder</c>; <see langword="null"/> (the default) means the model that comes with the package.
    /// <see cref="EncoderRouterEngine.Load"/> and <see cref="EncoderRouterEngine.LoadBundled"/> know theirs and do not read it.
    /// </summary>
    public string? ModelFolder { get; set; }

    /// <summary>
    /// Threads that one run may use; 1 or more. Default: 1, so that concurrent requests scale with the cores instead of contending for them.
    /// </summary>
    public int IntraOpThreads { get; set; } = 1;

    /// <summary>The most runs at a time; 1 or more. Default: the number of processors.</summary>
    public int MaxConcurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// The most requests that wait for a run or for their policies to be compiled; 0 or more. More are refused with
    /// <see cref="RouterOverloadedException"/>, because an answer that comes too late is worth less than a quick fallback. Policies that nobody
    /// waits for any more are not compiled further. Default: 256.
    /// </summary>
    public int MaxQueue { get; set; } = 256;

    /// <summary>
    /// How many policy sets stay compiled, the ones used last; 1 or more. One takes about 1.5 kB for each policy. Default: 64.
    /// </summary>
    public int CompiledTables { get; set; } = 64;

    internal EncoderOptions CheckedCopy()
    {
        List<string> problems = [];
        AtLeast(1, IntraOpThreads, nameof(IntraOpThreads), problems);
        AtLeast(1, MaxConcurrency, nameof(MaxConcurrency), problems);
        AtLeast(0, MaxQueue, nameof(MaxQueue), problems);
        AtLeast(1, CompiledTables, nameof(CompiledTables), problems);
        return problems.Count == 0
            ? (EncoderOptions)MemberwiseClone()
            : throw new ArgumentException($"The encoder options are not valid: {string.Join(" ", problems)}");
    }

    private static void AtLeast(int least, int value, string name, List<string> problems)
    {
        if (value < least)
        {
            problems.Add($"{name} is {value}; use {least} or more.");
        }
    }
}
