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
        RoutingHints.Of(Find(Table, arguments, kernel), Find(Agent, arguments, kernel), Find(Allowed, arguments, kernel));

    private static object? Find(string key, KernelArguments? arguments, Kernel? kernel)
    {
        if (arguments is not null && arguments.TryGetValue(key, out object? value) && value is not null)
        {
            return value;
        }

        return kernel is not null && kernel.Data.TryGetValue(key, out value) ? value : null;
    }
}
