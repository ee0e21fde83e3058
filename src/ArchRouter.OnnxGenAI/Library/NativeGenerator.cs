using Microsoft.ML.OnnxRuntimeGenAI;

namespace ArchRouter.OnnxGenAI;

internal sealed class NativeGenerator : IGenerator
{
    private readonly GeneratorParams _parameters;
    private readonly Generator _generator;

    public NativeGenerator(Model model, int maxLength)
    {
        _parameters = new GeneratorParams(model);
        try
        {
            _parameters.SetSearchOption("max_length", maxLength);

            // Folders of chat models ask for sampling.
            _parameters.SetSearchOption("do_sample", false);
            _generator = new Generator(model, _parameters);
        }
        catch
        {
            _parameters.Dispose();
            throw;
        }
    }

    public void AppendTokens(ReadOnlySpan<int> tokens) => _generator.AppendTokens(tokens);

    public void RewindTo(int length) => _generator.RewindTo((ulong)length);

    public ITensor GetOutput(string name) => new NativeTensor(_generator.GetOutput(name));

    public void Dispose()
    {
        _generator.Dispose();
        _parameters.Dispose();
    }
}
