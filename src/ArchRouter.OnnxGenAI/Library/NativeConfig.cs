using Microsoft.ML.OnnxRuntimeGenAI;

namespace ArchRouter.OnnxGenAI;

internal sealed class NativeConfig(string folder) : IGenAIConfig
{
    public Config Config { get; } = new(folder);

    public void ClearProviders() => Config.ClearProviders();

    public void AppendProvider(string provider) => Config.AppendProvider(provider);

    public void SetProviderOption(string provider, string option, string value) => Config.SetProviderOption(provider, option, value);

    public void Dispose() => Config.Dispose();
}
