namespace ArchRouter.Onnx;

/// <summary>What makes two engines share a model: the same folder, unchanged, and the same options.</summary>
internal readonly record struct EncoderKey(
    string Folder, DateTime WrittenAt, int IntraOpThreads, int MaxConcurrency, int MaxQueue, int CompiledTables)
{
    public static EncoderKey Of(string folder, EncoderOptions options)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

        // With the time in the key, an engine made after the model was replaced gets the new one while others still hold the old.
        return new(
            path,
            File.GetLastWriteTimeUtc(Path.Combine(path, EncoderDescription.FileName)),
            options.IntraOpThreads,
            options.MaxConcurrency,
            options.MaxQueue,
            options.CompiledTables);
    }
}
