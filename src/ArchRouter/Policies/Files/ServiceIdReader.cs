namespace ArchRouter;

/// <summary>Reads <c>to</c> and <c>orElse</c>.</summary>
internal sealed class ServiceIdReader(ConfigValues values, IReadOnlyList<RouteTarget> declared)
{
    /// <summary>Stands in for a service id that was reported already; a declared one, so that it is not reported again as undeclared.</summary>
    public string StandIn => declared.Count > 0 ? declared[0].ServiceId : ConfigValues.Unreadable;

    public string? One(ConfigNode? node, string what)
    {
        int before = values.Problems.Count;
        string? id = values.Text(node, what);
        return values.Problems.Count > before ? StandIn : id;
    }

    /// <summary>The service ids, best first; none where there is no <c>to</c>.</summary>
    public IReadOnlyList<string> Optional(ConfigFields fields)
    {
        int before = values.Problems.Count;
        string? to = One(fields["to"], "to");
        List<string> orElse = values.Texts(fields["orElse"], "orElse") ?? [];
        if (to is null && fields["orElse"] is { } alone)
        {
            values.Problems.Add(new(alone.Location, "There is 'orElse' but no 'to'.", "Write the first service id into 'to'."));
        }

        return values.Problems.Count > before ? [StandIn] : to is null ? [] : [to, .. orElse];
    }

    public IReadOnlyList<string> Required(ConfigFields fields, string location, string message, string fix)
    {
        IReadOnlyList<string> ids = Optional(fields);
        if (ids.Count == 0)
        {
            values.Problems.Add(new(location, message, fix));
        }

        return ids;
    }
}
