using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter;

/// <summary>The remote engine as configuration names it: over a chat client that is registered under a key.</summary>
internal static class RemoteEngineKind
{
    public static EngineKind Keyed { get; } = new(EngineKind.Remote, (services, settings) => Over(services, services.GetRequiredKeyedService<IChatClient>(settings.Service!.Value.Value)))
    {
        NeedsService = true,
        HasService = (services, serviceId) => Has(services, typeof(IChatClient), serviceId),
    };

    /// <summary>An engine over a client that the container disposes.</summary>
    public static RemoteRouterEngine Over(IServiceProvider services, IChatClient client) => new(EngineMaking.NotRouted(services, client), new RemoteRouterOptions(), leaveOpen: true);

    /// <summary>Whether a service is registered; true for containers that cannot tell.</summary>
    public static bool Has(IServiceProvider services, Type type, string serviceId) =>
        services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(type, serviceId) ?? true;
}
