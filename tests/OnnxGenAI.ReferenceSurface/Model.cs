namespace Microsoft.ML.OnnxRuntimeGenAI;

public class Model : IDisposable
{
    public Model(Config config) => throw Surface.Missing();

    public void Dispose() => throw Surface.Missing();
}
