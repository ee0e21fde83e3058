namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>A model in the real library, on the processor, without an engine around it.</summary>
internal sealed class NativePlace : IDisposable
{
    private readonly GenAITokenModels _models;

    public NativePlace(string folder, int chunk = 128)
    {
        var report = new ModelFolderReport(folder);
        GenAIConfig config = DecoderLoader.Describe(report)!.Value.Config;
        GenAIOptions options = Engines.Options(GenAIProvider.Cpu, options => options.ChunkTokens = chunk);
        _models = GenAILoader.Load(config, options, GenAIProcess.Current, report);
        Model = _models.Rent([], 0);
    }

    public ITokenModel Model { get; }

    public void Dispose() => _models.Dispose();
}
