using ArchRouter;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the router to a service collection.</summary>
public static class ArchRouterServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="PreferenceRouter"/>, <see cref="RouteTables"/> and their options. An engine must be added too, for example with
    /// <c>UseEncoder()</c> of the package ArchRouter.Onnx, or with its <c>AddOnnxEngines()</c>, which leaves the choice to configuration.
    /// </summary>
    /// <remarks>
    /// Calls add up: routes of every call go into the same tables. Hosts check everything when they start; elsewhere the first
    /// resolution of the router does. The engine is made then too, and its model loaded, unless no table has a policy: then rules and the
    /// fallback decide, and it is made only if a call brings policies of its own.
    /// </remarks>
    /// <param name="services">The collection.</param>
    /// <param name="routes">Adds routes to the default table; may be left out when they come from a file or from configuration.</param>
    public static ArchRouterBuilder AddArchRouter(this IServiceCollection services, Action<RouteTableBuilder>? routes = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<RouterSetup>();
        services.TryAddSingleton(_ => new EngineChoice(services));
        services.TryAdd(ConfiguredEngine.Descriptor);
        services.TryAddSingleton(sp => sp.GetRequiredService<RouterSetup>().Tables);
        services.TryAddSingleton(MakeRouter);
        services.AddOptions<StartupCheck>()
            .Validate<IServiceProvider>(static (_, provider) => provider.GetRequiredService<PreferenceRouter>() is not null)
            .ValidateOnStart();
        var builder = new ArchRouterBuilder(services);
        return routes is null ? builder : builder.AddRoutes(routes);
    }

    private static PreferenceRouter MakeRouter(IServiceProvider services)
    {
        RouterSetup setup = services.GetRequiredService<RouterSetup>();

        // The container does not see a circle that goes through factories; it would wait for itself.
        using EngineMaking making = EngineMaking.Begin(setup);
        var logger = services.GetService<ILogger<PreferenceRouter>>();
        if (logger is not null && setup.Options.Engine.Location is { } location && services.GetRequiredService<EngineChoice>().IsCode)
        {
            Log.EngineFromCode(logger, location);
        }

        IRouterEngine engine = setup.Tables.All().Any(t => t.Table.Policies.Count > 0) ? services.GetRequiredService<IRouterEngine>() : new EngineOnDemand(services);
        return new PreferenceRouter(setup.Tables, engine, setup.Options, logger, services.GetService<TimeProvider>());
    }
}
