using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>What a request's options say to the router by their additional properties.</summary>
internal readonly record struct RoutingHints(string? TableName, RouteTable? Table, string? AgentName, AllowedNames Allowed)
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
    public static RoutingHints Of(object? table, object? agent, object? allowed) =>
        new(table is RouteTable ? null : Text(table), table as RouteTable, Text(agent), AllowedNames.Of(allowed));

    /// <summary>The name, or null where it says nothing: an empty one must not hide what another source knows, for limits hang on it.</summary>
    public static string? Known(string? name) => string.IsNullOrWhiteSpace(name) ? null : name;

    /// <summary>The request's own table; the default one where it names none, or one that there is not.</summary>
    public RouteTable TableOf(RouteTables tables) =>
        Table ?? (TableName is not null && tables.Named.TryGetValue(TableName, out RouteTable? named) ? named : tables.Default);

    /// <summary>These hints where <paramref name="first"/> says nothing. Limits of both hold: a call cannot lift what it is limited to.</summary>
    public RoutingHints Under(RoutingHints first)
    {
        RoutingHints table = first.Table is null && first.TableName is null ? this : first;
        return table with { AgentName = first.AgentName ?? AgentName, Allowed = first.Allowed.And(Allowed) };
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

    /// <summary>A hint as text, since options that went through JSON hold elements for strings.</summary>
    private static string? Text(object? hint)
    {
        try
        {
            return Known(hint?.ToString());
        }
#pragma warning disable CA1031 // The application's object; whatever it throws must not break the call.
        catch (Exception)
#pragma warning restore CA1031
        {
            // What most objects say of themselves. No table has such a name, so the call does not pass for one without the hint.
            return hint?.GetType().ToString();
        }
    }
}
