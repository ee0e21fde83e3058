namespace Microsoft.ML.OnnxRuntimeGenAI;

public class Generator : IDisposable
{
    public Generator(Model model, GeneratorParams generatorParams) => throw Surface.Missing();

    public void AppendTokens(ReadOnlySpan<int> inputIDs) => throw Surface.Missing();

    public void RewindTo(ulong newLength) => throw Surface.Missing();

    public Tensor GetOutput(string outputName) => throw Surface.Missing();

    public void Dispose() => throw Surface.Missing();
}
