using ArchRouter;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a routed chat client to a service collection.</summary>
public static class RoutedChatClientServiceCollectionExtensions
{
    /// <summary>
    /// Adds an <see cref="IChatClient"/> that routes each request to the <see cref="IChatClient"/> registered under the chosen target's
    /// service id as key. <c>AddArchRouter</c> must be called too.
    /// </summary>
    /// <remarks>
    /// Registered as <see cref="RoutedChatClient"/> also. To put middleware around it, give it a key and wrap it:
    /// <code>
    /// services.AddRoutedChatClient("routed");
    /// services.AddChatClient(sp => sp.GetRequiredKeyedService&lt;IChatClient&gt;("routed")).UseFunctionInvocation();
    /// </code>
    /// The container, not the routed client, disposes the targets. They are looked up on every request, so register them as singletons or
    /// scoped rather than transient. Hosts check when they start that every target is registered; elsewhere a missing one shows when it is
    /// first needed.
    /// </remarks>
    /// <param name="services">The collection.</param>
    /// <param name="serviceKey">The key to register under; <see langword="null"/> (the default) makes it the application's chat client.</param>
    /// <param name="lifetime">The lifetime; use <see cref="ServiceLifetime.Scoped"/> where targets are scoped. Default: singleton.</param>
    public static IServiceCollection AddRoutedChatClient(
        this IServiceCollection services, object? serviceKey = null, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Add(new ServiceDescriptor(typeof(RoutedChatClient), serviceKey, static (sp, _) => Make(sp), lifetime));
        services.Add(new ServiceDescriptor(typeof(IChatClient), serviceKey, static (sp, key) => sp.GetRequiredKeyedService<RoutedChatClient>(key), lifetime));
        services.AddOptions<StartupCheck>().Validate<IServiceProvider>(static (_, provider) => ChatClientCheck.Run(provider));
        return services;
    }

    private static RoutedChatClient Make(IServiceProvider services) => new(
        services.GetRequiredService<PreferenceRouter>(),
        serviceId => services.GetKeyedService<IChatClient>(serviceId),
        services.GetService<ILogger<RoutedChatClient>>());
}
