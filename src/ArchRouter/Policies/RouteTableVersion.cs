namespace ArchRouter;

/// <summary>The content hash of a whole table.</summary>
internal static class RouteTableVersion
{
    public static string Of(RouteTable table) => ContentHash.Of(hash =>
    {
        hash.Add(table.Policies.Version);
        foreach (RoutePolicy policy in table.Policies)
        {
            hash.Add(policy.Domain);
        }

        foreach (RoutingRule rule in table.Rules)
        {
            hash.Add(rule.Name);
            rule.Condition.AddTo(hash);
        }

        // In the order of names: entries of agents have none that counts.
        foreach (AgentPolicies agent in table.Agents.OrderBy(a => a.Agent, StringComparer.OrdinalIgnoreCase))
        {
            hash.Add("agent").Add(agent.Agent).Add(agent.Allow.Count);
            foreach (string policy in agent.Allow)
            {
                hash.Add(policy);
            }
        }

        foreach ((string source, RouteTarget target) in table.References())
        {
            hash.Add(source).Add(target.ServiceId).Add(target.Capabilities is { } known ? (long)known : -1).Add(target.ContextLength ?? -1);
            if (target.Price is { } price)
            {
                hash.Add((double)price.InputPerMillionTokens).Add((double)price.OutputPerMillionTokens);
            }

            hash.Add(target.Settings.Temperature ?? double.NaN).Add(target.Settings.TopP ?? double.NaN).Add(target.Settings.MaxOutputTokens ?? -1);
        }

        hash.Add(table.Thresholds.MinimumProbability).Add(table.Thresholds.MinimumMargin);
    });
}
