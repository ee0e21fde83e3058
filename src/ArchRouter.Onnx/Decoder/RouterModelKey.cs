namespace ArchRouter.Onnx;

/// <summary>What makes two engines share a router model: the same folder, unchanged, and the same options.</summary>
internal readonly record struct RouterModelKey(
    string Folder,
    string Stamp,
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

        // With the stamp in the key, an engine made after a file was replaced gets the new model while others still hold the old.
        return new(
            path,
            FolderStamp.Of(path),
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
