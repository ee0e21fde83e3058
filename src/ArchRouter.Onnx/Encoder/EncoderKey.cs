namespace ArchRouter.Onnx;

/// <summary>What makes two engines share a model: the same folder, unchanged, and the same options.</summary>
internal readonly record struct EncoderKey(
    string Folder, string Stamp, int IntraOpThreads, int MaxConcurrency, int MaxQueue, int CompiledTables)
{
    public static EncoderKey Of(string folder, EncoderOptions options)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

        // With the stamp in the key, an engine made after a file was replaced gets the new model while others still hold the old.
        return new(
            path,
            FolderStamp.Of(path),
            options.IntraOpThreads,
            options.MaxConcurrency,
            options.MaxQueue,
            options.CompiledTables);
    }
}
