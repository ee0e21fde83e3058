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
