namespace ArchRouter.SK;

/// <summary>Providers that exist but whose package is not part of this one.</summary>
internal static class KnownPackages
{
    /// <summary>The provider's name, and what makes it available.</summary>
    public static IReadOnlyDictionary<string, string> Of { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["onnx"] = "Add the package ArchRouter.SK.Onnx, which stands on Microsoft.SemanticKernel.Connectors.Onnx, and call AddOnnxTargets(). "
            + "Where it cannot be restored, serve the model with an OpenAI-compatible server and use the provider openai-compatible.",
    };
}
