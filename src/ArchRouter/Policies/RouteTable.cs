namespace ArchRouter;

/// <summary>
/// The table that maps matched policies to targets: policies in a stable order, domains, deterministic rules, thresholds, and the required fallback.
/// </summary>
/// <remarks>Immutable and thread-safe. Made by <see cref="Create"/>, <see cref="RouteTableBuilder"/>, a policy file or configuration.</remarks>
public sealed class RouteTable
{
    private readonly IReadOnlyList<RouteTarget>[] _targets;
    private readonly Dictionary<string, RouteTarget> _byServiceId;

    internal RouteTable(
        PolicySet policies,
        IReadOnlyList<RouteTarget>[] targets,
        IReadOnlyList<RouteDomain> domains,
        IReadOnlyList<RoutingRule> rules,
        IReadOnlyList<AgentPolicies> agents,
        IReadOnlyList<RouteTarget> fallback,
        RoutingThresholds thresholds)
    {
        Policies = policies;
        _targets = targets;
        Domains = domains;
        Rules = rules;
        Agents = agents;
        Fallback = fallback;
        Thresholds = thresholds;
        DomainOfPolicy = DomainIndexes(policies, domains);
        Subsets = new PolicySubsets(policies, agents);
        _byServiceId = AllTargets().DistinctBy(t => t.ServiceId).ToDictionary(t => t.ServiceId, StringComparer.Ordinal);
        Version = RouteTableVersion.Of(this);
    }

    /// <summary>The policies, in the order in which they were added.</summary>
    public PolicySet Policies { get; }

    /// <summary>The domains, in the order in which they were added or first named by a policy.</summary>
    public IReadOnlyList<RouteDomain> Domains { get; }

    /// <summary>The deterministic rules, asked in this order before the router model is.</summary>
    public IReadOnlyList<RoutingRule> Rules { get; }

    /// <summary>Which policies agents are limited to; an agent without an entry may match all.</summary>
    public IReadOnlyList<AgentPolicies> Agents { get; }

    /// <summary>The targets that serve whatever is not matched, best first; never empty.</summary>
    public IReadOnlyList<RouteTarget> Fallback { get; }

    /// <summary>When a match counts as clear.</summary>
    public RoutingThresholds Thresholds { get; }

    /// <summary>A content hash of everything that can change a decision: equal content, equal version, in every process.</summary>
    public string Version { get; }

    /// <summary>Every target that the table can choose, each once, in order of first mention.</summary>
    public IReadOnlyCollection<RouteTarget> Targets => _byServiceId.Values;

    internal int[] DomainOfPolicy { get; }

    internal PolicySubsets Subsets { get; }

    /// <summary>Builds a table in code.</summary>
    /// <param name="configure">Adds routes, domains, rules and the fallback.</param>
    /// <exception cref="RouteTableException">The table is not valid; every problem is listed.</exception>
    public static RouteTable Create(Action<RouteTableBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new RouteTableBuilder();
        configure(builder);
        return builder.Build();
    }

    /// <summary>The targets of a policy, best first.</summary>
    /// <param name="policyName">The policy's name; case matters.</param>
    /// <exception cref="ArgumentException">The table has no such policy.</exception>
    public IReadOnlyList<RouteTarget> TargetsOf(string policyName)
    {
        int index = Policies.IndexOf(policyName);
        return index >= 0 ? _targets[index] : throw new ArgumentException($"The table has no policy '{policyName}'.", nameof(policyName));
    }

    internal IReadOnlyList<RouteTarget> TargetsOf(int policyIndex) => _targets[policyIndex];

    internal RouteTarget TargetOrNew(string serviceId) =>
        _byServiceId.TryGetValue(serviceId, out RouteTarget? known) ? known : new RouteTarget(serviceId);

    internal bool HasTarget(string serviceId) => _byServiceId.ContainsKey(serviceId);

    /// <summary>For each target, what leads to it: for messages about a target that cannot be found.</summary>
    internal IEnumerable<(string Source, RouteTarget Target)> References()
    {
        for (int i = 0; i < Policies.Count; i++)
        {
            foreach (RouteTarget target in _targets[i])
            {
                yield return ($"route '{Policies[i].Name}'", target);
            }
        }

        foreach (RouteDomain domain in Domains)
        {
            foreach (RouteTarget target in domain.Targets)
            {
                yield return ($"domain '{domain.Name}'", target);
            }
        }

        foreach (RoutingRule rule in Rules)
        {
            foreach (RouteTarget target in rule.Targets)
            {
                yield return ($"rule '{rule.Name}'", target);
            }
        }

        foreach (RouteTarget target in Fallback)
        {
            yield return ("fallback", target);
        }
    }

    private IEnumerable<RouteTarget> AllTargets() => References().Select(r => r.Target);

    private static int[] DomainIndexes(PolicySet policies, IReadOnlyList<RouteDomain> domains)
    {
        Dictionary<string, int> index = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < domains.Count; i++)
        {
            index.Add(domains[i].Name, i);
        }

        return [.. policies.Select(p => p.Domain is { } name ? index.GetValueOrDefault(name, -1) : -1)];
    }
}
