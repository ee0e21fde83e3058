using ArchRouter;
using ArchRouter.SK;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds ArchRouter to a service collection that holds a kernel, for example after <c>AddKernel()</c>.</summary>
public static class ArchRouterSelectorServiceCollectionExtensions
{
    /// <inheritdoc cref="ArchRouterKernelBuilderExtensions.AddArchRouterSelector(IKernelBuilder, Action{RouteTableBuilder}?, Action{ArchRouterBuilder}?)"/>
    /// <param name="services">The collection.</param>
    /// <param name="routes">Adds routes and the fallback.</param>
    /// <param name="configure">Adds files, sections, named tables and options, or sets another engine.</param>
    public static IServiceCollection AddArchRouterSelector(
        this IServiceCollection services, Action<RouteTableBuilder>? routes = null, Action<ArchRouterBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArchRouterBuilder builder = services.AddArchRouter(routes);
        configure?.Invoke(builder);
        UseDefaults(builder);
        if (services.Any(d => d.ServiceType == typeof(ArchRouterServiceSelector)))
        {
            return services;
        }

        ArchRouterSelectorOptions options = builder.SelectorOptions();
        ServiceDescriptor? defaultService = options is { RegisterDefaultService: true, PassThrough: false }
            ? ServiceDescriptor.Transient<IChatCompletionService>(static provider => provider.GetRequiredService<RoutedServices>().Service(provider, CallInfo.None))
            : null;
        services.AddSingleton(provider => new RegisteredChatServices(services, defaultService, provider.GetService<IServiceProviderIsKeyedService>()));
        services.AddSingleton<TargetCheck>();
        ServiceLifetime lifetime = InnerSelector.SetAside(services);
        var selector = new ServiceDescriptor(typeof(IAIServiceSelector), static provider => provider.GetRequiredService<ArchRouterServiceSelector>(), lifetime);
        services.AddSingleton(provider =>
        {
            if (services.LastOrDefault(d => d.ServiceType == typeof(IAIServiceSelector) && !d.IsKeyedService) != selector)
            {
                Log.SelectorReplaced(Logger(provider));
            }

            return new RoutedServices(
                provider.GetRequiredService<PreferenceRouter>(), provider.GetRequiredService<TargetCheck>(), provider.GetRequiredService<RegisteredChatServices>(), Logger(provider));
        });
        services.Add(new ServiceDescriptor(
            typeof(ArchRouterServiceSelector), provider => new ArchRouterServiceSelector(InnerSelector.Get(provider), provider.GetRequiredService<RoutedServices>(), options), lifetime));
        services.Add(selector);
        services.AddSingleton<IAutoFunctionInvocationFilter, ToolRunFilter>();
        if (defaultService is not null)
        {
            services.Add(defaultService);
        }

        services.AddOptions<StartupCheck>().Validate<IServiceProvider>(static (_, provider) => provider.GetRequiredService<TargetCheck>() is not null);

        // A kernel asks for its plugins when it is made: the one moment at which everything can be checked before the first call.
        services.TryAddTransient(static provider =>
        {
            provider.GetRequiredService<RoutedServices>();
            return new KernelPluginCollection(provider.GetServices<KernelPlugin>());
        });
        return services;
    }

    private static void UseDefaults(ArchRouterBuilder builder)
    {
        // Configuration chooses the engine, the encoder by default, unless code set one.
        builder.AddOnnxEngines();
        builder.Services.AddSingleton(RemoteTargetEngine.Kind);

        if (!builder.Services.Any(d => d.ServiceType == typeof(IRouteSource)))
        {
            builder.Services.AddSingleton<IRouteSource>(static provider => new DefaultSection(provider.GetService<IConfiguration>()));
        }
    }

    private static ILogger<PreferenceRouter> Logger(IServiceProvider provider) =>
        provider.GetService<ILogger<PreferenceRouter>>() ?? NullLogger<PreferenceRouter>.Instance;
}
