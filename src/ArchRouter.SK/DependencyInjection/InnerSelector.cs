using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>The selector that was there before ours: a registered one, else Semantic Kernel's built-in.</summary>
internal static class InnerSelector
{
    private const string Key = "archrouter.inner";

    /// <summary>Moves the selector registered so far under a key, where the container goes on to make and dispose it.</summary>
    /// <returns>Its lifetime, which ours must share; singleton where there was none.</returns>
    public static ServiceLifetime SetAside(IServiceCollection services)
    {
        ServiceDescriptor? previous = services.LastOrDefault(d => d.ServiceType == typeof(IAIServiceSelector) && !d.IsKeyedService);
        if (previous is null)
        {
            return ServiceLifetime.Singleton;
        }

        services.Remove(previous);
        services.Add(previous switch
        {
            { ImplementationInstance: { } instance } => new ServiceDescriptor(typeof(IAIServiceSelector), Key, instance),
            { ImplementationFactory: { } factory } => new ServiceDescriptor(typeof(IAIServiceSelector), Key, (provider, _) => factory(provider), previous.Lifetime),
            _ => new ServiceDescriptor(typeof(IAIServiceSelector), Key, previous.ImplementationType!, previous.Lifetime),
        });
        return previous.Lifetime;
    }

    public static IAIServiceSelector Get(IServiceProvider provider) =>
        provider.GetKeyedService<IAIServiceSelector>(Key) ?? new Kernel().ServiceSelector;
}
