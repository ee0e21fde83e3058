namespace ArchRouter.OnnxGenAI;

/// <summary>Finds what an application was built for.</summary>
internal static class AutoProvider
{
    /// <summary>Where the package's build targets leave their choice.</summary>
    public const string Switch = "ArchRouter.OnnxGenAI.Backend";

    public static GenAIProvider Find() => Find(AppContext.GetData(Switch) as string, OperatingSystem.IsWindows());

    internal static GenAIProvider Find(string? builtFor, bool windows) => builtFor switch
    {
        "cuda" => GenAIProvider.Cuda,
        "cpu" => GenAIProvider.Cpu,

        // A portable application may have been built on Windows and run elsewhere.
        _ => windows ? GenAIProvider.DirectML : GenAIProvider.Cpu,
    };
}
