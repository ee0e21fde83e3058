using ArchRouter;
using ArchRouter.Onnx;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the encoder engine to the router.</summary>
public static class ArchRouterBuilderEncoderExtensions
{
    /// <summary>
    /// Lets a small sentence encoder score the policies: the model that comes with the package, or the folder in
    /// <see cref="EncoderOptions.ModelFolder"/>. It is loaded when the router is first resolved, which hosts do at start.
    /// </summary>
    /// <param name="builder">The builder that <c>AddArchRouter</c> returns.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static ArchRouterBuilder UseEncoder(this ArchRouterBuilder builder, Action<EncoderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseEngine(_ =>
        {
            var options = new EncoderOptions();
            configure?.Invoke(options);
            return options.ModelFolder is { } folder ? EncoderRouterEngine.Load(folder, options) : EncoderRouterEngine.LoadBundled(options);
        });
    }
}
