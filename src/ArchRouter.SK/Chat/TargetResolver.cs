using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK;

/// <summary>Finds the service behind a target: a keyed chat completion service, else a keyed chat client.</summary>
/// <remarks>What is put around a client is made anew each time: it holds the provider of its call, whose scope may end before the client does.</remarks>
internal static class TargetResolver
{
    /// <summary>The service of a target, looked for in the call's kernel and then where the router is registered.</summary>
    /// <exception cref="InvalidOperationException">No chat service has this id, or it is the router itself.</exception>
    public static IChatCompletionService Get(Kernel? kernel, IServiceProvider services, RouteTarget target, RoutingDecision decision)
    {
        IChatCompletionService service = (kernel is null ? null : Find(kernel.Services, target.ServiceId, kernel))
            ?? Find(services, target.ServiceId, kernel)
            ?? throw new InvalidOperationException(
                $"No chat service is registered under '{target.ServiceId}', which {Cause(decision)} asks for. Register one with serviceId: \"{target.ServiceId}\".");
        return service is not RoutedChatCompletionService ? service : throw new InvalidOperationException(
            $"The target '{target.ServiceId}' of {Cause(decision)} is the router itself. Bind it to a chat service instead.");
    }

    /// <summary>The service of a service id, or null.</summary>
    public static IChatCompletionService? Find(IServiceProvider services, string serviceId, Kernel? kernel = null)
    {
        // A kernel made without a container has a provider that knows no keys.
        if (services is not IKeyedServiceProvider)
        {
            return null;
        }

        return services.GetKeyedService<IChatCompletionService>(serviceId)
            ?? (services.GetKeyedService<IChatClient>(serviceId) is { } client ? WithFunctionInvocation(client, services, kernel).AsChatCompletionService(services) : null);
    }

    /// <summary>The chat client of a service id, able to call the kernel's functions; null if there is none.</summary>
    public static IChatClient? FindClient(IServiceProvider services, string serviceId, Kernel? kernel = null) =>
        services.GetKeyedService<IChatClient>(serviceId) is { } client
            ? WithFunctionInvocation(client, services, kernel)
            : services.GetKeyedService<IChatCompletionService>(serviceId)?.AsChatClient();

    /// <summary>A bare client returns tool calls instead of running them; what Semantic Kernel's own registrations add is added here too.</summary>
    private static ToolNotingChatClient WithFunctionInvocation(IChatClient client, IServiceProvider services, Kernel? kernel)
    {
        IChatClient invoking = TargetClients.TryGetService<FunctionInvokingChatClient>(client) is not null ? client
            : new ChatClientBuilder(client).UseKernelFunctionInvocation(services.GetService<ILoggerFactory>()).Build(services);
        return new ToolNotingChatClient(invoking, kernel);
    }

    private static string Cause(RoutingDecision decision) => decision switch
    {
        { Policy: { } policy } => $"policy '{policy}'",
        { Rule: { } rule } => $"rule '{rule}'",
        { Outcome: RoutingOutcome.MatchedDomain } => $"domain '{decision.Domain}'",
        { Outcome: RoutingOutcome.Explicit } => "the request itself",
        _ => $"the fallback ({decision.Outcome})",
    };
}
