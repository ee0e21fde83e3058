using Microsoft.ML.OnnxRuntimeGenAI;

namespace ArchRouter.OnnxGenAI;

/// <summary>The real library.</summary>
internal sealed class NativeLibrary : IGenAILibrary
{
    public IDisposable OpenHandle() => new OgaHandle();

    public IGenAIConfig OpenConfig(string folder) => new NativeConfig(folder);

    public IGenAIModel LoadModel(IGenAIConfig config) => new NativeModel(((NativeConfig)config).Config);

    public bool IsFault(Exception error) => error is OnnxRuntimeGenAIException;
}
