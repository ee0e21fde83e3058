namespace ArchRouter.SK;

/// <summary>Checks once that every target of every table is a registered chat service, and finds out which kind they are.</summary>
internal sealed class TargetCheck
{
    /// <exception cref="RouteTableException">A target is not registered; every such target is listed.</exception>
    public TargetCheck(RouteTables tables, RegisteredChatServices registered)
    {
        List<RouteTableProblem> problems = [];
        foreach ((_, string where, RouteTarget target) in tables.References())
        {
            bool isService = registered.HasService(target.ServiceId);
            bool isClient = registered.HasClient(target.ServiceId);
            HasServices |= isService;
            HasClients |= isClient;
            if (!isClient && !isService)
            {
                problems.Add(new(where, $"No chat service is registered under '{target.ServiceId}'.", Fix(target.ServiceId, registered)));
            }
        }

        // A kernel without any chat service has nothing to route; it may serve text generation only.
        if (registered.Any)
        {
            RouteTableException.ThrowIfAny(problems);
        }
    }

    /// <summary>Whether any target is an <c>IChatCompletionService</c>.</summary>
    public bool HasServices { get; }

    /// <summary>Whether any target is an <c>IChatClient</c>.</summary>
    public bool HasClients { get; }

    private static string Fix(string serviceId, RegisteredChatServices registered)
    {
        string known = string.Join(", ", registered.ServiceIds);
        string register = $"Register it with serviceId: \"{serviceId}\", or give it a provider in configuration and call AddArchRouterTargets";
        return known.Length > 0 ? $"{register}, or use one of: {known}."
            : registered.HasUnkeyed ? $"{register}; the chat services that are registered have no service id."
            : $"{register}.";
    }
}
