namespace ArchRouter;

/// <summary>Reads one table: the same keys at the root and below each name in <c>tables</c>.</summary>
internal sealed class TableReader(ConfigValues values)
{
    public static readonly string[] Keys = ["fallback", "thresholds", "targets", "domains", "routes", "rules"];

    private readonly NamedItems _items = new(values);
    private readonly TargetReader _targets = new(values);

    public void Read(ConfigFields fields, RouteTableBuilder table)
    {
        table.At(fields.Location);
        IReadOnlyList<RouteTarget> declared = _targets.Read(fields["targets"], table);
        var ids = new ServiceIdReader(values, declared);
        Fallback(fields["fallback"], ids, table);
        Thresholds(fields["thresholds"], table);
        foreach (NamedItem item in _items.Read(fields["domains"], "domain", "to", "orElse"))
        {
            table.Domain(item.Name, ids.Required(item.Fields, item.Location, "The domain has no target.", "Add 'to'; a domain that only groups routes needs no entry."), item.Location);
        }

        foreach (NamedItem item in _items.Read(fields["routes"], "route", "description", "to", "orElse", "domain"))
        {
            string description = values.Text(item.Fields["description"], "description") ?? "";
            string? domain = values.Text(item.Fields["domain"], "domain");
            table.Route(new RoutePolicy(item.Name, description, domain), ids.Optional(item.Fields), item.Location);
        }

        foreach (NamedItem item in _items.Read(fields["rules"], "rule", "function", "plugin", "agent", "image", "to", "orElse"))
        {
            table.Rule(item.Name, Condition(item.Fields), ids.Optional(item.Fields), item.Location);
        }
    }

    private void Fallback(ConfigNode? node, ServiceIdReader ids, RouteTableBuilder table)
    {
        if (node is ConfigScalar)
        {
            table.Fallback([ids.One(node, "fallback")!], node.Location);
        }
        else if (node is not null)
        {
            ConfigFields? fields = values.Fields(node, "fallback", "to", "orElse");
            table.Fallback(fields is null ? [ids.StandIn] : ids.Optional(fields), node.Location);
        }
    }

    private void Thresholds(ConfigNode? node, RouteTableBuilder table)
    {
        if (node is not null && values.Fields(node, "thresholds", "minimumProbability", "minimumMargin") is { } fields)
        {
            double probability = values.Number(fields["minimumProbability"], "minimumProbability") ?? 0;
            double margin = values.Number(fields["minimumMargin"], "minimumMargin") ?? 0;
            table.Thresholds(new RoutingThresholds(probability, margin), node.Location);
        }
    }

    private RuleCondition Condition(ConfigFields fields) => new()
    {
        Function = values.Text(fields["function"], "function"),
        Plugin = values.Text(fields["plugin"], "plugin"),
        Agent = values.Text(fields["agent"], "agent"),
        // A value of the wrong type was reported; false only keeps the rule from being reported as empty too.
        HasImage = values.Boolean(fields["image"], "image") ?? (fields["image"] is null ? null : false),
    };
}
