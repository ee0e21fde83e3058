using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Microsoft.SemanticKernel.Connectors.Onnx;

/// <summary>The constructor of the real service; calls are refused.</summary>
public sealed class OnnxRuntimeGenAIChatCompletionService(
    string modelId, string modelPath, ILoggerFactory? loggerFactory = null, JsonSerializerOptions? jsonSerializerOptions = null)
    : SurfaceChatService(modelId), IDisposable
{
    /// <summary>For tests; the real service keeps it to itself.</summary>
    public string SurfaceModelPath { get; } = modelPath;

    public void Dispose()
    {
    }
}
