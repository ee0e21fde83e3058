using System.Collections;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>What a request's options say to the router by their additional properties.</summary>
internal readonly record struct RoutingHints(string? TableName, RouteTable? Table, string? AgentName, IReadOnlyCollection<string>? AllowedPolicies)
{
    public static RoutingHints Of(ChatOptions? options)
    {
        if (options?.AdditionalProperties is not { Count: > 0 } properties)
        {
            return default;
        }

        properties.TryGetValue(ArchRouterChatOptionsExtensions.RouteTableKey, out object? table);
        properties.TryGetValue(ArchRouterChatOptionsExtensions.AgentNameKey, out object? agent);
        properties.TryGetValue(ArchRouterChatOptionsExtensions.AllowedPoliciesKey, out object? allowed);
        return Of(table, agent, allowed);
    }

    /// <summary>Hints as they were found, wherever they travelled.</summary>
    // As text, since options that went through JSON hold elements for strings.
    public static RoutingHints Of(object? table, object? agent, object? allowed) =>
        new(table is RouteTable ? null : table?.ToString(), table as RouteTable, CallingAgent.Known(agent?.ToString()), Names(allowed));

    /// <summary>The request's own table; the default one where it names none, or one that there is not.</summary>
    public RouteTable TableOf(RouteTables tables) =>
        Table ?? (TableName is not null && tables.Named.TryGetValue(TableName, out RouteTable? named) ? named : tables.Default);

    /// <summary>These hints where <paramref name="first"/> says nothing.</summary>
    public RoutingHints Under(RoutingHints first)
    {
        RoutingHints table = first.Table is null && first.TableName is null ? this : first;
        return table with { AgentName = first.AgentName ?? AgentName, AllowedPolicies = first.AllowedPolicies ?? AllowedPolicies };
    }

    /// <summary>Removes the hints, which no target understands.</summary>
    public static void Strip(ChatOptions clone)
    {
        if (clone.AdditionalProperties is not { } properties)
        {
            return;
        }

        bool removed = properties.Remove(ArchRouterChatOptionsExtensions.RouteTableKey);
        removed |= properties.Remove(ArchRouterChatOptionsExtensions.AgentNameKey);
        removed |= properties.Remove(ArchRouterChatOptionsExtensions.AllowedPoliciesKey);
        if (removed && properties.Count == 0)
        {
            clone.AdditionalProperties = null;
        }
    }

    /// <summary>The names in a list of any kind. A single text is one name: what limits a request must not be passed over.</summary>
    private static IReadOnlyCollection<string>? Names(object? allowed) => allowed switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        IReadOnlyCollection<string> names => names,
        JsonElement { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(e => e.ToString())],
        IEnumerable list and not string => [.. list.Cast<object?>().Select(name => name?.ToString() ?? "")],
        _ => [allowed.ToString() ?? ""],
    };
}
