namespace Microsoft.ML.OnnxRuntimeGenAI;

public class GeneratorParams : IDisposable
{
    public GeneratorParams(Model model) => throw Surface.Missing();

    public void SetSearchOption(string searchOption, double value) => throw Surface.Missing();

    public void SetSearchOption(string searchOption, bool value) => throw Surface.Missing();

    public void Dispose() => throw Surface.Missing();
}
