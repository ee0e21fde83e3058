namespace Microsoft.ML.OnnxRuntimeGenAI;

public class Tensor : IDisposable
{
    internal Tensor() => throw Surface.Missing();

    public ElementType Type() => throw Surface.Missing();

    public long[] Shape() => throw Surface.Missing();

    public ReadOnlySpan<T> GetData<T>() => throw Surface.Missing();

    public void Dispose() => throw Surface.Missing();
}
