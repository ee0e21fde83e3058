using Microsoft.Extensions.Logging;

namespace Microsoft.SemanticKernel.Connectors.Google;

/// <summary>The constructor of the real service; calls are refused.</summary>
public sealed class GoogleAIGeminiChatCompletionService(
    string modelId, string apiKey, GoogleAIVersion apiVersion = GoogleAIVersion.V1_Beta, HttpClient? httpClient = null, ILoggerFactory? loggerFactory = null)
    : SurfaceChatService(modelId)
{
    /// <summary>For tests; the real service keeps it to itself.</summary>
    public (string Key, HttpClient? Client) Surface { get; } = (apiKey, httpClient);
}
