namespace Microsoft.ML.OnnxRuntimeGenAI;

public class OgaHandle : IDisposable
{
    public OgaHandle() => throw Surface.Missing();

    public void Dispose() => throw Surface.Missing();
}
