using ArchRouter;
using ArchRouter.OnnxGenAI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a router model on ONNX Runtime GenAI to the router.</summary>
public static class ArchRouterBuilderGenAIExtensions
{
    /// <summary>
    /// Lets a router model score the policies, run by ONNX Runtime GenAI: with DirectML on Windows, with CUDA or on the processor. It is loaded
    /// when the router is first resolved, which hosts do at start.
    /// </summary>
    /// <param name="builder">The builder that <c>AddArchRouter</c> returns.</param>
    /// <param name="folder">The model folder; a relative path starts at the current directory.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="folder"/> is null.</exception>
    public static ArchRouterBuilder UseOnnxGenAI(this ArchRouterBuilder builder, string folder, Action<GenAIOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return builder.UseEngine(_ =>
        {
            var options = new GenAIOptions();
            configure?.Invoke(options);
            return GenAIRouterEngine.Load(folder, options);
        });
    }
}
