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
        foreach ((string? name, RouteTable table) in services.GetRequiredService<RouteTables>().All())
        {
            (string Source, RouteTarget Target)[] all = [.. table.References()];
            RouteTableProblem[] missing = [.. all
                .Where(reference => !registered.IsKeyedService(typeof(IChatClient), reference.Target.ServiceId))
                .Select(reference => Problem(name, reference.Source, reference.Target.ServiceId))];
            served |= missing.Length < all.Length;
            (missing.Length < all.Length ? problems : foreign).AddRange(missing);
        }

        RouteTableException.ThrowIfAny(served ? problems : foreign);
        return true;
    }

    private static RouteTableProblem Problem(string? table, string source, string serviceId) => new(
        table is null ? source : $"table '{table}', {source}",
        $"No {nameof(IChatClient)} is registered under the key '{serviceId}'.",
        $"Register it, for example with services.AddKeyedChatClient(\"{serviceId}\", ...), or name another target.");
}
