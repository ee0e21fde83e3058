using ArchRouter;
using ArchRouter.Onnx;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets configuration choose the engine.</summary>
public static class ArchRouterBuilderEnginesExtensions
{
    /// <summary>
    /// Lets the section <c>router</c> of a policy file or of configuration choose the engine: <c>encoder</c>, <c>router-model</c>, <c>remote</c>,
    /// or <c>auto</c>, which is the bundled encoder, followed where its margin is small by the router model that the section names, if any.
    /// </summary>
    /// <remarks>
    /// An engine that is set in code (<c>UseEncoder</c>, <c>UseRouterModel</c>, <c>UseEngine</c>, <c>EscalateTo</c> and the like, before or
    /// after) counts before configuration. Semantic Kernel's <c>AddArchRouterSelector</c> calls this.
    /// </remarks>
    /// <param name="builder">The builder that <c>AddArchRouter</c> returns.</param>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="RouteTableException">Thrown at start-up: the section names an engine that cannot be; reported with every other problem.</exception>
    public static ArchRouterBuilder AddOnnxEngines(this ArchRouterBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(OnnxEngineKinds.Encoder);
        builder.Services.AddSingleton(OnnxEngineKinds.RouterModel);
        return builder;
    }
}
