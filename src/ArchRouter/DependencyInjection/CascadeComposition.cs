using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter;

/// <summary>Makes a cascade out of registrations.</summary>
internal static class CascadeComposition
{
    /// <summary>Takes the engine that code set out of the collection; null if there is none.</summary>
    public static Func<IServiceProvider, IRouterEngine>? TakeEngine(IServiceCollection services)
    {
        ServiceDescriptor? descriptor = services.LastOrDefault(d => d.ServiceType == typeof(IRouterEngine) && !d.IsKeyedService && !ConfiguredEngine.Is(d));
        if (descriptor is null)
        {
            return null;
        }

        services.Remove(descriptor);
        return descriptor switch
        {
            { ImplementationInstance: IRouterEngine engine } => _ => new BorrowedEngine(engine),
            { ImplementationFactory: { } make } => provider => (IRouterEngine)make(provider),
            { ImplementationType: var type } => provider => (IRouterEngine)ActivatorUtilities.CreateInstance(provider, type!),
        };
    }

    public static CascadeRouterEngine Make(
        IServiceProvider services, Func<IServiceProvider, IRouterEngine> first, Func<IServiceProvider, IRouterEngine> second, Action<CascadeRouterOptions>? configure)
    {
        CascadeRouterOptions options = Options(configure, services.GetRequiredService<RouterSetup>().Options.Deadline);
        IRouterEngine firstEngine = first(services);
        try
        {
            return new CascadeRouterEngine(firstEngine, second(services), options, timeProvider: services.GetService<TimeProvider>());
        }
        catch
        {
            // The container only disposes what it was given.
            new EngineOwner(firstEngine).Dispose();
            throw;
        }
    }

    private static CascadeRouterOptions Options(Action<CascadeRouterOptions>? configure, TimeSpan routerDeadline)
    {
        var options = new CascadeRouterOptions();
        configure?.Invoke(options);
        options = options.CheckedCopy();
        bool endless = routerDeadline == Timeout.InfiniteTimeSpan;
        if (!endless && options.SecondDeadline is { } own && (own == Timeout.InfiniteTimeSpan || own >= routerDeadline))
        {
            throw new RouteTableException([new(
                "cascade options",
                $"{nameof(CascadeRouterOptions.SecondDeadline)} is {own}, but the router answers with the fallback after {routerDeadline} already.",
                $"Make it shorter than {nameof(RouterOptions)}.{nameof(RouterOptions.Deadline)}, or that one longer.")]);
        }

        options.SecondDeadline ??= endless ? CascadeRouterOptions.UsualSecondDeadline : routerDeadline / 2;
        return options;
    }
}
