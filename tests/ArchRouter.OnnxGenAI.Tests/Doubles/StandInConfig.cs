namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>A configuration of the stand-in. The folder that it stands for was built for DirectML.</summary>
internal sealed class StandInConfig(StandInLibrary library) : IGenAIConfig
{
    public string? Provider { get; private set; } = "dml";

    public bool IsDisposed { get; private set; }

    public void ClearProviders()
    {
        library.Note("clear");
        Provider = null;
    }

    public void AppendProvider(string provider)
    {
        library.Note($"provider {provider}");
        Provider = provider;
    }

    public void SetProviderOption(string provider, string option, string value)
    {
        library.Note($"{provider}.{option}={value}");
        if (provider != Provider)
        {
            throw new StandInFault("An option was set for a provider that is not there.");
        }
    }

    public void Dispose()
    {
        library.Note("~config");
        IsDisposed = true;
    }
}
