namespace ArchRouter.Onnx;

/// <summary>What makes two engines share a router model: the same folder, unchanged, and the same options.</summary>
internal readonly record struct RouterModelKey(
    string Folder,
    DateTime ConfigWrittenAt,
    DateTime DescriptionWrittenAt,
    string? Layout,
    int IntraOpThreads,
    int MaxConcurrency,
    int Slots,
    int MaxQueue,
    int MaxContextTokens,
    int ChunkTokens,
    int CompiledTables,
    double ProbabilityTolerance)
{
    public static RouterModelKey Of(string folder, DecoderOptions options)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

        // With the times in the key, an engine made after the model was replaced gets the new one while others still hold the old.
        return new(
            path,
            File.GetLastWriteTimeUtc(Path.Combine(path, GenAIConfig.FileName)),
            File.GetLastWriteTimeUtc(Path.Combine(path, RouterModelDescription.FileName)),
            options.Layout,
            options.IntraOpThreads,
            options.MaxConcurrency,
            options.Slots,
            options.MaxQueue,
            options.MaxContextTokens,
            options.ChunkTokens,
            options.CompiledTables,
            options.ProbabilityTolerance);
    }
}
