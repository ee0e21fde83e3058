using ArchRouter;
using ArchRouter.Onnx;
using ArchRouter.OnnxGenAI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets configuration choose ONNX Runtime GenAI.</summary>
public static class ArchRouterBuilderGenAIEngineExtensions
{
    /// <summary>
    /// Lets the section <c>router</c> of a policy file or of configuration name the engine <c>onnx-genai</c>; with <c>auto</c>, the router model
    /// that the section names then runs on it instead of plain ONNX Runtime.
    /// </summary>
    /// <remarks>An engine that is set in code counts before configuration.</remarks>
    /// <param name="builder">The builder that <c>AddArchRouter</c> returns.</param>
    /// <param name="configure">Changes the options; the section's layout is set before.</param>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static ArchRouterBuilder AddOnnxGenAIEngine(this ArchRouterBuilder builder, Action<GenAIOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddOnnxEngines();
        builder.Services.AddSingleton(new EngineKind(EngineKind.OnnxGenAI, (_, settings) => Load(settings, configure))
        {
            TakesModel = true,
            NeedsModel = true,
            Layouts = PromptLayouts.Ids,
        });
        return builder;
    }

    private static GenAIRouterEngine Load(EngineSettings settings, Action<GenAIOptions>? configure)
    {
        var options = new GenAIOptions { Layout = settings.Layout?.Value };
        configure?.Invoke(options);
        return GenAIRouterEngine.Load(settings.Folder!, options);
    }
}
