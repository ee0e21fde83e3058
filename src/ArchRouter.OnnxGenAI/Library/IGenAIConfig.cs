namespace ArchRouter.OnnxGenAI;

/// <summary>A model folder's configuration before it is loaded.</summary>
internal interface IGenAIConfig : IDisposable
{
    void ClearProviders();

    void AppendProvider(string provider);

    void SetProviderOption(string provider, string option, string value);
}
