namespace ArchRouter.OnnxGenAI;

/// <summary>What a provider is called and what it can do.</summary>
/// <param name="Title">What people call it.</param>
/// <param name="Name">What GenAI calls it, or <see langword="null"/> for the processor, which is there without being named.</param>
/// <param name="DeviceOption">The option that chooses a device.</param>
/// <param name="Package">The package with the native library.</param>
/// <param name="Appends">Whether a sequence takes more tokens after its first.</param>
/// <param name="RewindsPart">Whether a sequence that was cut to more than nothing goes on rightly.</param>
internal sealed record ProviderTraits(string Title, string? Name, string? DeviceOption, string Package, bool Appends, bool RewindsPart)
{
    private static readonly ProviderTraits DirectML = new("DirectML", "dml", "device_index", "Microsoft.ML.OnnxRuntimeGenAI.DirectML", Appends: false, RewindsPart: false);

    // The library's own tests remark that CUDA gives wrong output after deep cuts.
    private static readonly ProviderTraits Cuda = new("CUDA", "cuda", "device_id", "Microsoft.ML.OnnxRuntimeGenAI.Cuda", Appends: true, RewindsPart: false);

    private static readonly ProviderTraits Cpu = new("the processor", null, null, "Microsoft.ML.OnnxRuntimeGenAI", Appends: true, RewindsPart: true);

    public static ProviderTraits Of(GenAIProvider provider) => provider switch
    {
        GenAIProvider.DirectML => DirectML,
        GenAIProvider.Cuda => Cuda,
        GenAIProvider.Cpu => Cpu,
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "The provider is not settled."),
    };
}
