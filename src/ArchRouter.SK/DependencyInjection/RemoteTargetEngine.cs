using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK;

/// <summary>The remote engine over a chat client or, as targets from configuration are registered, over a chat completion service.</summary>
internal static class RemoteTargetEngine
{
    public static EngineKind Kind { get; } = RemoteEngineKind.Keyed with
    {
        Create = (services, settings) => RemoteEngineKind.Over(services, Client(services, settings.Service!.Value.Value)),
        HasService = (services, serviceId) =>
            RemoteEngineKind.Has(services, typeof(IChatClient), serviceId) || RemoteEngineKind.Has(services, typeof(IChatCompletionService), serviceId),
    };

    private static IChatClient Client(IServiceProvider services, string serviceId) =>
        services.GetKeyedService<IChatClient>(serviceId) ?? services.GetRequiredKeyedService<IChatCompletionService>(serviceId).AsChatClient();
}
