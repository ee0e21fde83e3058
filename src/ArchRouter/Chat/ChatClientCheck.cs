using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter;

/// <summary>Checks when a host starts that the targets of a routed chat client are registered.</summary>
internal static class ChatClientCheck
{
    /// <summary>
    /// A table none of whose targets is a chat client belongs to somebody else, for example to kernels with chat completion services; it counts
    /// only if no table is left.
    /// </summary>
    /// <exception cref="RouteTableException">A target is not registered; every such target is listed.</exception>
    public static bool Run(IServiceProvider services)
    {
        if (services.GetService<IServiceProviderIsKeyedService>() is not { } registered)
        {
            return true;
        }

        List<RouteTableProblem> problems = [], foreign = [];
        bool served = false;
        foreach (var table in services.GetRequiredService<RouteTables>().References().GroupBy(reference => reference.Table))
        {
            RouteTableProblem[] missing = [.. table
                .Where(reference => !registered.IsKeyedService(typeof(IChatClient), reference.Target.ServiceId))
                .Select(reference => Missing(reference.Where, reference.Target.ServiceId))];
            problems.AddRange(table
                .Where(reference => registered.IsKeyedService(typeof(RoutedChatClient), reference.Target.ServiceId))
                .Select(reference => Circular(reference.Where, reference.Target.ServiceId)));
            bool isServed = missing.Length < table.Count();
            served |= isServed;
            (isServed ? problems : foreign).AddRange(missing);
        }

        RouteTableException.ThrowIfAny(served ? problems : foreign);
        return true;
    }

    private static RouteTableProblem Circular(string where, string serviceId) => new(
        where,
        $"The chat client under the key '{serviceId}' is the routed one, so that requests would go round in circles.",
        $"Give {nameof(RoutedChatClientServiceCollectionExtensions.AddRoutedChatClient)} another key, and register the model's own client under this one.");

    private static RouteTableProblem Missing(string where, string serviceId) => new(
        where,
        $"No {nameof(IChatClient)} is registered under the key '{serviceId}'.",
        $"Register it, for example with services.AddKeyedChatClient(\"{serviceId}\", ...), or name another target.");
}
