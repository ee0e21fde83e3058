using ArchRouter;
using ArchRouter.SK;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the chat services that configuration or a policy file describes.</summary>
public static class ArchRouterTargetsServiceCollectionExtensions
{
    /// <summary>
    /// Registers a chat service for every target of a configuration section that names a <c>provider</c>, under the target's service id:
    /// <c>"targets": { "fast": { "provider": "openai", "model": "gpt-5-mini" } }</c>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The section is the one that holds the routes; its other keys are passed over here. It is read now, and a later change is not observed. A
    /// service id under which a chat service is registered already is left as it is, and a chat completion service registered later takes the
    /// target's place: code comes first.
    /// </para>
    /// <para>
    /// A target's key comes from its setting <c>apiKey</c> (from user-secrets or another source outside the repository), from the environment
    /// variable that <c>apiKeyVariable</c> names, or from the provider's usual one. It is looked for at start-up and never logged.
    /// </para>
    /// <para>
    /// Everything is checked when the host starts, or when the router, or a kernel that has one, is made; problems of the routes and targets are
    /// reported together. With neither host nor router they show when a target is first used.
    /// </para>
    /// </remarks>
    /// <param name="services">The collection.</param>
    /// <param name="section">The section, for example <c>configuration.GetSection("ArchRouter")</c>.</param>
    /// <param name="httpClient">
    /// The client to send requests with; it stays yours to dispose. Default: the registered <see cref="HttpClient"/> (<c>AddHttpClient()</c>
    /// registers one), else the connector's own.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    /// <exception cref="RouteTableException">Thrown at start-up: a target has a problem; every problem is listed.</exception>
    public static IServiceCollection AddArchRouterTargets(this IServiceCollection services, IConfiguration section, HttpClient? httpClient = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.Add(TargetsSource.Read(section, httpClient));
    }

    /// <summary>Registers a chat service for every target of a policy file that names a <c>provider</c>, under the target's service id.</summary>
    /// <remarks>
    /// As with a section, but keys cannot stand in the file: they come from the environment, or from the setting <c>ArchRouter:targets:ID:apiKey</c>
    /// of the registered <see cref="IConfiguration"/>. The routes of the file are added with <see cref="ArchRouterBuilder.AddPolicyFile"/>.
    /// </remarks>
    /// <param name="services">The collection.</param>
    /// <param name="policyFile">The path. A relative one is looked for in the current directory, then in <see cref="AppContext.BaseDirectory"/>.</param>
    /// <param name="httpClient">The client to send requests with, as with a section.</param>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="policyFile"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="policyFile"/> is empty.</exception>
    /// <exception cref="RouteTableException">Thrown at start-up: the file or a target has a problem; every problem is listed.</exception>
    public static IServiceCollection AddArchRouterTargets(this IServiceCollection services, string policyFile, HttpClient? httpClient = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(policyFile);
        return services.Add(TargetsSource.Load(policyFile, httpClient));
    }

    /// <summary>Adds a provider that targets can name, or puts another in the place of one with the same name. The order of calls does not matter.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="provider">The provider.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddArchRouterTargetProvider(this IServiceCollection services, TargetProvider provider)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(provider);
        return services.AddSingleton(provider);
    }

    private static IServiceCollection Add(this IServiceCollection services, TargetsSource source)
    {
        foreach (string serviceId in source.Targets.Select(t => t.ServiceId).Distinct(StringComparer.Ordinal))
        {
            if (!services.Any(d => IsChatService(d, serviceId)))
            {
                ServiceDescriptor own = ServiceDescriptor.KeyedSingleton<IChatCompletionService>(
                    serviceId, (provider, _) => provider.GetRequiredService<TargetsSetup>().Create(serviceId));
                services.Add(own);
                source.Registered.Add(serviceId, own);
            }
        }

        services.AddSingleton(source);
        services.TryAddSingleton<IEnvironmentVariables, ProcessEnvironment>();
        if (services.Any(d => d.ServiceType == typeof(TargetsSetup)))
        {
            return services;
        }

        services.AddSingleton(provider => new TargetsSetup(
            provider, services, provider.GetServices<TargetsSource>(), provider.GetServices<TargetProvider>(), provider.GetRequiredService<IEnvironmentVariables>()));
        services.AddSingleton<IStartupProblems>(provider => provider.GetRequiredService<TargetsSetup>());
        services.AddOptions<TargetsStartupCheck>().Validate<IServiceProvider>(static (_, provider) =>
        {
            // With a router its own check reports these problems too, together with those of the routes.
            provider.GetService<RouterSetup>();
            RouteTableException.ThrowIfAny(provider.GetRequiredService<TargetsSetup>().Problems);
            return true;
        }).ValidateOnStart();
        return services;
    }

    private static bool IsChatService(ServiceDescriptor descriptor, string serviceId) =>
        descriptor.IsKeyedService
        && descriptor.ServiceKey is string key && key == serviceId
        && (descriptor.ServiceType == typeof(IChatCompletionService) || descriptor.ServiceType == typeof(IChatClient));
}
