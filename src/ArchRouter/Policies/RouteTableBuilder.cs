namespace ArchRouter;

/// <summary>Collects routes, domains, rules, targets and the fallback, and builds a <see cref="RouteTable"/> that has been checked as a whole.</summary>
/// <remarks>Nothing is checked until <see cref="Build()"/>, which lists every problem at once. Not thread-safe.</remarks>
public sealed class RouteTableBuilder
{
    private readonly RouteTableDraft _draft = new();

    /// <summary>Adds a policy and binds it to a target.</summary>
    /// <param name="name">The policy's name; see <see cref="RoutePolicy"/>.</param>
    /// <param name="description">In plain language, which requests the policy covers.</param>
    /// <param name="to">The service id of the target; may be left out when the policy's domain has targets.</param>
    /// <param name="orElse">Further service ids, tried in order when the first fails before any output.</param>
    /// <param name="domain">The domain that the policy belongs to.</param>
    public RouteTableBuilder Route(string name, string description, string? to = null, IEnumerable<string>? orElse = null, string? domain = null) =>
        Route(new RoutePolicy(name, description, domain), Ids(to, orElse), where: null);

    /// <summary>Binds a domain to targets, which serve when the domain is clear but no single policy in it is.</summary>
    /// <param name="name">The domain's name.</param>
    /// <param name="to">The service id of the target.</param>
    /// <param name="orElse">Further service ids, tried in order when the first fails before any output.</param>
    public RouteTableBuilder Domain(string name, string to, IEnumerable<string>? orElse = null) => Domain(name, Ids(to, orElse), where: null);

    /// <summary>Adds a deterministic rule, which decides without the router model. Rules are asked in the order in which they were added.</summary>
    /// <param name="name">A name for logs and decisions.</param>
    /// <param name="condition">What must hold; everything that is set must hold together.</param>
    /// <param name="to">The service id of the target.</param>
    /// <param name="orElse">Further service ids, tried in order when the first fails before any output.</param>
    public RouteTableBuilder Rule(string name, RuleCondition condition, string to, IEnumerable<string>? orElse = null) =>
        Rule(name, condition, Ids(to, orElse), where: null);

    /// <summary>Limits an agent to some of the table's policies: the others are not looked at for its requests. Rules and the fallback still count.</summary>
    /// <param name="name">
    /// The agent's name or a pattern for it; case does not matter, <c>*</c> stands for any run of characters and <c>?</c> for one. An entry with
    /// the agent's very name counts alone; otherwise every entry whose pattern fits limits the agent.
    /// </param>
    /// <param name="allow">The names of the policies that its requests may match; case does not matter.</param>
    public RouteTableBuilder Agent(string name, IEnumerable<string> allow)
    {
        ArgumentNullException.ThrowIfNull(allow);
        return Agent(name, [.. allow], where: null);
    }

    /// <summary>
    /// Says what is known of a target. Optional; but once one target is declared, every service id that the table names must be.
    /// </summary>
    /// <param name="target">The target.</param>
    public RouteTableBuilder Target(RouteTarget target) => Target(target, where: null);

    /// <summary>Sets the targets that serve whatever is not matched. Required.</summary>
    /// <param name="to">The service id of the target.</param>
    /// <param name="orElse">Further service ids, tried in order when the first fails before any output.</param>
    public RouteTableBuilder Fallback(string to, IEnumerable<string>? orElse = null) => Fallback(Ids(to, orElse), where: null);

    /// <summary>Sets when a match counts as clear. Default: the most probable answer is taken as it is.</summary>
    /// <param name="minimumProbability">See <see cref="RoutingThresholds.MinimumProbability"/>.</param>
    /// <param name="minimumMargin">See <see cref="RoutingThresholds.MinimumMargin"/>.</param>
    public RouteTableBuilder Thresholds(double minimumProbability = 0, double minimumMargin = 0) =>
        Thresholds(new RoutingThresholds(minimumProbability, minimumMargin), where: null);

    /// <summary>Builds the table.</summary>
    /// <exception cref="RouteTableException">The table is not valid; every problem is listed.</exception>
    public RouteTable Build()
    {
        List<RouteTableProblem> problems = [];
        RouteTable? table = Build(problems, prefix: "");
        RouteTableException.ThrowIfAny(problems);
        return table!;
    }

    internal RouteTable? Build(List<RouteTableProblem> problems, string prefix) => RouteTableAssembly.Assemble(_draft, prefix, problems);

    internal bool IsEmpty => _draft.IsEmpty;

    /// <summary>Says where the table as a whole stands; the first source counts.</summary>
    internal void At(string where) => _draft.Where ??= where;

    internal RouteTableBuilder Route(RoutePolicy policy, IReadOnlyList<string> to, string? where)
    {
        _draft.Routes.Add(new(policy, to, where));
        return this;
    }

    internal RouteTableBuilder Domain(string name, IReadOnlyList<string> to, string? where)
    {
        _draft.Domains.Add(new(name, to, where));
        return this;
    }

    internal RouteTableBuilder Rule(string name, RuleCondition condition, IReadOnlyList<string> to, string? where)
    {
        ArgumentNullException.ThrowIfNull(condition);
        _draft.Rules.Add(new(name, condition, to, where));
        return this;
    }

    internal RouteTableBuilder Agent(string name, IReadOnlyList<string> allow, string? where)
    {
        _draft.Agents.Add(new(name, allow, where));
        return this;
    }

    internal RouteTableBuilder Target(RouteTarget target, string? where)
    {
        ArgumentNullException.ThrowIfNull(target);
        _draft.Targets.Add(new(target, where));
        return this;
    }

    internal RouteTableBuilder Fallback(IReadOnlyList<string> to, string? where)
    {
        _draft.Fallbacks.Add(new(to, where));
        return this;
    }

    internal RouteTableBuilder Thresholds(RoutingThresholds thresholds, string? where)
    {
        _draft.Thresholds = (thresholds, where);
        return this;
    }

    private static List<string> Ids(string? to, IEnumerable<string>? orElse) => [.. to is null ? [] : new[] { to }, .. orElse ?? []];
}
