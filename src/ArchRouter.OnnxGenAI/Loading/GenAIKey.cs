using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>What makes two engines share a model: the same folder, unchanged, and the same options.</summary>
internal readonly record struct GenAIKey(RouterModelKey Model, GenAIProvider Provider, int? DeviceId, string ProviderOptions, bool RecreateGenerator, bool ShutDownAtExit)
{
    public static GenAIKey Of(string folder, GenAIOptions options) => new(
        RouterModelKey.Of(folder, options.Shared),
        options.Provider,
        options.DeviceId,
        string.Join('\n', options.ProviderOptions.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}")),
        options.RecreateGenerator,
        options.ShutDownAtExit);
}
