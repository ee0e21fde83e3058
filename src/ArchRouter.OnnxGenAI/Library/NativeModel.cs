using Microsoft.ML.OnnxRuntimeGenAI;

namespace ArchRouter.OnnxGenAI;

internal sealed class NativeModel(Config config) : IGenAIModel
{
    private readonly Model _model = new(config);

    public IGenerator CreateGenerator(int maxLength) => new NativeGenerator(_model, maxLength);

    public void Dispose() => _model.Dispose();
}
