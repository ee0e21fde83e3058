namespace ArchRouter;

/// <summary>Reads one table: the same keys at the root and below each name in <c>tables</c>.</summary>
internal sealed class TableReader(ConfigValues values)
{
    public static readonly string[] Keys = ["fallback", "thresholds", "targets", "domains", "routes", "rules", "agents"];

    private static readonly (string Name, StepKind Kind)[] Steps = [("call", StepKind.Call), ("agent", StepKind.Agent), ("toolIteration", StepKind.ToolIteration)];

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

        foreach (NamedItem item in _items.Read(fields["rules"], "rule", "function", "plugin", "agent", "step", "image", "to", "orElse"))
        {
            table.Rule(item.Name, Condition(item.Fields), ids.Optional(item.Fields), item.Location);
        }

        foreach (NamedItem item in _items.Read(fields["agents"], "agent", "allow"))
        {
            Agent(item, table);
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

    private void Agent(NamedItem item, RouteTableBuilder table)
    {
        int before = values.Problems.Count;
        List<string> allow = values.Texts(item.Fields["allow"], "allow") ?? [];
        if (values.Problems.Count == before)
        {
            table.Agent(item.Name, allow, item.Location);
        }
    }

    private RuleCondition Condition(ConfigFields fields) => new()
    {
        Function = values.Text(fields["function"], "function"),
        Plugin = values.Text(fields["plugin"], "plugin"),
        Agent = values.Text(fields["agent"], "agent"),
        Step = Step(fields["step"]),
        // A value of the wrong type was reported; false only keeps the rule from being reported as empty too.
        HasImage = values.Boolean(fields["image"], "image") ?? (fields["image"] is null ? null : false),
    };

    private StepKind? Step(ConfigNode? node)
    {
        int before = values.Problems.Count;
        if (values.Text(node, "step") is not { } text)
        {
            return null;
        }

        foreach ((string name, StepKind kind) in Steps)
        {
            if (ConfigKeys.Same(name, text))
            {
                return kind;
            }
        }

        if (values.Problems.Count == before)
        {
            string guess = ConfigKeys.Nearest(text, Steps.Select(s => s.Name)) is { } near ? $"Did you mean '{near}'? " : "";
            values.Problems.Add(new(node!.Location, $"The step '{ConfigKeys.Quotable(text)}' is not known.", $"{guess}Known: {string.Join(", ", Steps.Select(s => s.Name))}."));
        }

        // It was reported; any kind keeps the rule from being reported as empty too.
        return StepKind.Call;
    }
}
