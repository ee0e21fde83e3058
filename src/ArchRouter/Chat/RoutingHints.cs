using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>What a request's options say to the router by their additional properties.</summary>
internal readonly record struct RoutingHints(string? TableName, RouteTable? Table, string? AgentName)
{
    public static RoutingHints Of(ChatOptions? options)
    {
        if (options?.AdditionalProperties is not { Count: > 0 } properties)
        {
            return default;
        }

        properties.TryGetValue(ArchRouterChatOptionsExtensions.RouteTableKey, out object? table);
        properties.TryGetValue(ArchRouterChatOptionsExtensions.AgentNameKey, out object? agent);
        // As text, since options that went through JSON hold elements for strings.
        return new(table is RouteTable ? null : table?.ToString(), table as RouteTable, agent?.ToString());
    }

    /// <summary>These hints where <paramref name="first"/> says nothing.</summary>
    public RoutingHints Under(RoutingHints first) => first.Table is null && first.TableName is null
        ? this with { AgentName = first.AgentName ?? AgentName }
        : first with { AgentName = first.AgentName ?? AgentName };

    /// <summary>Removes the hints, which no target understands.</summary>
    public static void Strip(ChatOptions clone)
    {
        if (clone.AdditionalProperties is not { } properties)
        {
            return;
        }

        bool removed = properties.Remove(ArchRouterChatOptionsExtensions.RouteTableKey);
        removed |= properties.Remove(ArchRouterChatOptionsExtensions.AgentNameKey);
        if (removed && properties.Count == 0)
        {
            clone.AdditionalProperties = null;
        }
    }
}
