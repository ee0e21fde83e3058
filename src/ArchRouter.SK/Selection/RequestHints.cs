using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>What the application says about a call, in the arguments or, for a whole kernel, in its data. Arguments come first.</summary>
internal static class RequestHints
{
    public const string Table = ArchRouterChatOptionsExtensions.RouteTableKey;
    public const string Agent = ArchRouterChatOptionsExtensions.AgentNameKey;

    public const string Allowed = ArchRouterChatOptionsExtensions.AllowedPoliciesKey;

    public static RoutingHints Of(KernelArguments? arguments, Kernel? kernel) =>
        Of(kernel?.Data).Under(Of(arguments));

    private static RoutingHints Of(IDictionary<string, object?>? values) =>
        values is null ? default : RoutingHints.Of(Find(Table, values), Find(Agent, values), Find(Allowed, values));

    private static object? Find(string key, IDictionary<string, object?> values) => values.TryGetValue(key, out object? value) ? value : null;
}
