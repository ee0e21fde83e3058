using ArchRouter;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

/// <summary>Adds ArchRouter to a kernel builder.</summary>
public static class ArchRouterKernelBuilderExtensions
{
    /// <summary>
    /// Routes every chat call of the kernel by the policies given: a small local router model reads the conversation and the policies, and
    /// the chat service bound to the policy that fits answers.
    /// </summary>
    /// <remarks>
    /// The targets are the chat services (<c>IChatCompletionService</c> or <c>IChatClient</c>) registered with a <c>serviceId</c>. Calls that
    /// name a service or model id themselves are left alone. The bundled encoder is the router model unless <paramref name="configure"/>
    /// sets another engine. Routes, targets and model are checked when <c>Build()</c> makes the kernel, or when a host starts; after
    /// <c>AddKernel()</c> without a host, at the first call.
    /// </remarks>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="routes">
    /// Adds routes and the fallback. May be left out when <paramref name="configure"/> adds a file or section; with neither, the section
    /// <c>ArchRouter</c> of the registered <c>IConfiguration</c> is read.
    /// </param>
    /// <param name="configure">Adds files, sections, named tables and options, or sets another engine.</param>
    /// <exception cref="RouteTableException">Thrown by <c>Build()</c>: the routes are not valid; every problem is listed.</exception>
    public static IKernelBuilder AddArchRouterSelector(
        this IKernelBuilder builder, Action<RouteTableBuilder>? routes = null, Action<ArchRouterBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddArchRouterSelector(routes, configure);
        return builder;
    }

    /// <summary>
    /// Adds the plugin <c>archrouter</c> with the functions <c>route</c> and <c>explain</c>, which ask the router without calling a model.
    /// </summary>
    /// <param name="plugins">The kernel builder's plugins.</param>
    public static IKernelBuilderPlugins AddArchRouterPlugin(this IKernelBuilderPlugins plugins)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        plugins.Services.AddSingleton(provider => KernelPluginFactory.CreateFromObject(
            new ArchRouter.SK.ArchRouterPlugin(provider.GetRequiredService<PreferenceRouter>()), ArchRouter.SK.ArchRouterPlugin.Name));
        return plugins;
    }
}
