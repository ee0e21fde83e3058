using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ArchRouter;

/// <summary>Adds routes, options and an engine to a service collection; returned by <c>AddArchRouter</c>.</summary>
public sealed partial class ArchRouterBuilder
{
    internal ArchRouterBuilder(IServiceCollection services) => Services = services;

    /// <summary>The collection that services are added to.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds routes to the default table.</summary>
    /// <param name="configure">Adds routes, domains, rules and the fallback.</param>
    public ArchRouterBuilder AddRoutes(Action<RouteTableBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return AddSource(new CodeRouteSource(configure, tableName: null));
    }

    /// <summary>Adds routes to a named table, which calls can pick, for example per team or tenant.</summary>
    /// <param name="name">The table's name; case does not matter.</param>
    /// <param name="configure">Adds routes, domains, rules and the fallback.</param>
    public ArchRouterBuilder AddTable(string name, Action<RouteTableBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        return AddSource(new CodeRouteSource(configure, name));
    }

    /// <summary>Sets how the router behaves.</summary>
    /// <param name="configure">Changes the options.</param>
    public ArchRouterBuilder Configure(Action<RouterOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sets the engine that scores policies; the last one set counts.</summary>
    /// <param name="engine">Makes the engine; the container disposes it.</param>
    public ArchRouterBuilder UseEngine(Func<IServiceProvider, IRouterEngine> engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Services.Replace(ServiceDescriptor.Singleton(engine));
        return this;
    }

    /// <summary>Sets the engine that scores policies; the last one set counts.</summary>
    /// <param name="engine">The engine; it stays yours to dispose.</param>
    public ArchRouterBuilder UseEngine(IRouterEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Services.Replace(ServiceDescriptor.Singleton(engine));
        return this;
    }

    internal ArchRouterBuilder AddSource(IRouteSource source)
    {
        Services.AddSingleton(source);
        return this;
    }
}
