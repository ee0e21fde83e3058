using ArchRouter.SK;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.Connectors.Onnx;

namespace Microsoft.SemanticKernel;

/// <summary>Adds the provider <c>onnx</c> to those that targets can name.</summary>
public static class OnnxTargetsExtensions
{
    /// <summary>
    /// Adds the provider <c>onnx</c>: a chat model in a folder on this machine, on Semantic Kernel's ONNX connector, as in
    /// <c>"phi": { "provider": "onnx", "path": "models/phi-4-mini" }</c>.
    /// </summary>
    /// <remarks>The connector takes no tools and writes prompts in the form of Phi models. The model is loaded when the target is first used.</remarks>
    /// <param name="services">The collection; the order of calls does not matter.</param>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddOnnxTargets(this IServiceCollection services) => services.AddArchRouterTargetProvider(new TargetProvider("onnx", Create)
    {
        Requires = TargetFields.Path,
        Takes = TargetFields.Model,
    });

    /// <inheritdoc cref="AddOnnxTargets(IServiceCollection)"/>
    /// <param name="builder">The kernel builder; the order of calls does not matter.</param>
    public static IKernelBuilder AddOnnxTargets(this IKernelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOnnxTargets();
        return builder;
    }

    private static OnnxRuntimeGenAIChatCompletionService Create(IServiceProvider services, TargetConnection target) =>
        new(modelId: target.Model ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(target.Path!)), modelPath: target.Path!);
}
