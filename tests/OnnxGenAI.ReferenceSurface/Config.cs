namespace Microsoft.ML.OnnxRuntimeGenAI;

public class Config : IDisposable
{
    public Config(string modelPath) => throw Surface.Missing();

    public void ClearProviders() => throw Surface.Missing();

    public void AppendProvider(string provider) => throw Surface.Missing();

    public void SetProviderOption(string provider, string option, string value) => throw Surface.Missing();

    public void Dispose() => throw Surface.Missing();
}
