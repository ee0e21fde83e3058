using ArchRouter;
using ArchRouter.Onnx;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a router model on plain ONNX Runtime to the router.</summary>
public static class ArchRouterBuilderDecoderExtensions
{
    /// <summary>
    /// Lets a router LLM score the policies. It is loaded when the router is first resolved, which hosts do at start.
    /// </summary>
    /// <param name="builder">The builder that <c>AddArchRouter</c> returns.</param>
    /// <param name="folder">The model folder in the form of ONNX Runtime GenAI; a relative path starts at the current directory.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    public static ArchRouterBuilder UseRouterModel(this ArchRouterBuilder builder, string folder, Action<DecoderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return builder.UseEngine(_ =>
        {
            var options = new DecoderOptions();
            configure?.Invoke(options);
            return DecoderRouterEngine.Load(folder, options);
        });
    }
}
