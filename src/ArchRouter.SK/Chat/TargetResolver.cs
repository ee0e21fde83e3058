using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK;

/// <summary>Finds the service behind a target: a keyed chat completion service, else a keyed chat client.</summary>
internal static class TargetResolver
{
    private static readonly ConditionalWeakTable<IChatClient, IChatClient> Invoking = [];
    private static readonly ConditionalWeakTable<IChatClient, IChatCompletionService> Adapted = [];

    /// <exception cref="InvalidOperationException">No chat service has this id, or it is the router itself.</exception>
    public static IChatCompletionService Get(IServiceProvider services, RouteTarget target, RoutingDecision decision) =>
        Find(services, target.ServiceId) switch
        {
            null => throw new InvalidOperationException(
                $"No chat service is registered under '{target.ServiceId}', which {Cause(decision)} asks for. Register one with serviceId: \"{target.ServiceId}\"."),
            RoutedChatCompletionService => throw new InvalidOperationException(
                $"The target '{target.ServiceId}' of {Cause(decision)} is the router itself. Bind it to a chat service instead."),
            { } service => service,
        };

    public static IChatCompletionService? Find(IServiceProvider services, string serviceId) =>
        services.GetKeyedService<IChatCompletionService>(serviceId)
        ?? (services.GetKeyedService<IChatClient>(serviceId) is { } client ? Adapt(client, services) : null);

    /// <summary>The chat client of a target, able to call the kernel's functions; null if there is none.</summary>
    public static IChatClient? FindClient(IServiceProvider services, string serviceId) =>
        services.GetKeyedService<IChatClient>(serviceId) is { } client ? WithFunctionInvocation(client, services) : null;

    private static IChatCompletionService Adapt(IChatClient client, IServiceProvider services) => client is RoutedChatClient
        ? throw new InvalidOperationException("A target's chat client is itself a routed chat client. Register the model's own client under that key.")
        : Adapted.GetValue(client, c => WithFunctionInvocation(c, services).AsChatCompletionService(services));

    /// <summary>A bare client returns tool calls instead of running them; what Semantic Kernel's own registrations add is added here too.</summary>
    private static IChatClient WithFunctionInvocation(IChatClient client, IServiceProvider services) =>
        client.GetService<FunctionInvokingChatClient>() is not null
            ? client
            : Invoking.GetValue(client, c => new ChatClientBuilder(c).UseKernelFunctionInvocation(services.GetService<ILoggerFactory>()).Build(services));

    private static string Cause(RoutingDecision decision) => decision switch
    {
        { Policy: { } policy } => $"policy '{policy}'",
        { Rule: { } rule } => $"rule '{rule}'",
        { Outcome: RoutingOutcome.MatchedDomain } => $"domain '{decision.Domain}'",
        { Outcome: RoutingOutcome.Explicit } => "the request itself",
        _ => $"the fallback ({decision.Outcome})",
    };
}
