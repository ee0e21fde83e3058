using ArchRouter.SK;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

/// <summary>Registers the chat services that configuration or a policy file describes.</summary>
public static class ArchRouterTargetsKernelBuilderExtensions
{
    /// <inheritdoc cref="ArchRouterTargetsServiceCollectionExtensions.AddArchRouterTargets(IServiceCollection, IConfiguration, HttpClient?)"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="section">The section, for example <c>configuration.GetSection("ArchRouter")</c>.</param>
    /// <param name="httpClient">
    /// The client to send requests with; it stays yours to dispose. Default: the registered <see cref="HttpClient"/>, else the connector's own.
    /// </param>
    public static IKernelBuilder AddArchRouterTargets(this IKernelBuilder builder, IConfiguration section, HttpClient? httpClient = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddArchRouterTargets(section, httpClient);
        return builder;
    }

    /// <inheritdoc cref="ArchRouterTargetsServiceCollectionExtensions.AddArchRouterTargets(IServiceCollection, string, HttpClient?)"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="policyFile">The path. A relative one is looked for in the current directory, then in <see cref="AppContext.BaseDirectory"/>.</param>
    /// <param name="httpClient">The client to send requests with, as with a section.</param>
    public static IKernelBuilder AddArchRouterTargets(this IKernelBuilder builder, string policyFile, HttpClient? httpClient = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddArchRouterTargets(policyFile, httpClient);
        return builder;
    }

    /// <inheritdoc cref="ArchRouterTargetsServiceCollectionExtensions.AddArchRouterTargetProvider"/>
    /// <param name="builder">The kernel builder.</param>
    /// <param name="provider">The provider.</param>
    public static IKernelBuilder AddArchRouterTargetProvider(this IKernelBuilder builder, TargetProvider provider)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddArchRouterTargetProvider(provider);
        return builder;
    }
}
