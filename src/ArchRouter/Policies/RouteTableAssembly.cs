namespace ArchRouter;

/// <summary>Checks a draft as a whole and turns it into a table.</summary>
internal sealed class RouteTableAssembly
{
    private readonly RouteTableDraft _draft;
    private readonly string _prefix;
    private readonly List<RouteTableProblem> _problems;
    private readonly Dictionary<string, RouteTarget> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RouteDomain> _domains = new(StringComparer.OrdinalIgnoreCase);

    private RouteTableAssembly(RouteTableDraft draft, string prefix, List<RouteTableProblem> problems)
    {
        _draft = draft;
        _prefix = prefix;
        _problems = problems;
    }

    /// <summary>The table, or null when problems were added.</summary>
    public static RouteTable? Assemble(RouteTableDraft draft, string prefix, List<RouteTableProblem> problems)
    {
        int before = problems.Count;
        var assembly = new RouteTableAssembly(draft, prefix, problems);
        assembly.DeclareTargets();
        problems.AddRange(PolicyRules.Check([.. draft.Routes.Select(r => r.Policy)], i => assembly.At(draft.Routes[i].Where, $"route '{PolicyRules.Printable(draft.Routes[i].Policy.Name ?? "")}'")));
        List<RouteDomain> domains = assembly.Domains();
        IReadOnlyList<RouteTarget>[] routes = assembly.Routes();
        List<RoutingRule> rules = assembly.Rules();
        List<AgentPolicies> agents = assembly.Agents();
        IReadOnlyList<RouteTarget> fallback = assembly.Fallback();
        draft.Thresholds.Value.Check(assembly.At(draft.Thresholds.Where, "thresholds"), problems);
        return problems.Count > before
            ? null
            : new RouteTable(new PolicySet(draft.Routes.Select(r => r.Policy)), routes, domains, rules, agents, fallback, draft.Thresholds.Value);
    }

    private void DeclareTargets()
    {
        foreach (RouteTableDraft.TargetDraft draft in _draft.Targets)
        {
            if (!_declared.TryAdd(draft.Target.ServiceId, draft.Target))
            {
                Problem(draft.Where, $"target '{draft.Target.ServiceId}'", "The target is declared twice.", "Keep one declaration.");
            }

            TargetRules.Check(draft.Target, At(draft.Where, $"target '{draft.Target.ServiceId}'"), _problems);
        }
    }

    private List<RouteDomain> Domains()
    {
        List<RouteDomain> domains = [];
        HashSet<string> used = new(_draft.Routes.Select(r => r.Policy.Domain ?? ""), StringComparer.OrdinalIgnoreCase);
        foreach (RouteTableDraft.DomainDraft draft in _draft.Domains)
        {
            string name = $"domain '{draft.Name}'";
            string where = At(draft.Where, name);
            PolicyRules.CheckName(draft.Name, where, "domain", _problems);
            var domain = new RouteDomain(draft.Name ?? "", Targets(draft.To, draft.Where, name));
            domains.Add(domain);
            if (!_domains.TryAdd(domain.Name, domain))
            {
                _problems.Add(new(where, $"The domain '{draft.Name}' is declared twice.", "Keep one declaration."));
            }
            else if (!used.Contains(domain.Name))
            {
                _problems.Add(new(where, $"No route belongs to the domain '{draft.Name}'.", "Give at least one route this domain, or remove it."));
            }
        }

        foreach (RouteTableDraft.RouteDraft route in _draft.Routes)
        {
            if (route.Policy.Domain is { } name && _domains.TryAdd(name, new(name, [])))
            {
                domains.Add(_domains[name]);
            }
        }

        return domains;
    }

    private IReadOnlyList<RouteTarget>[] Routes() => [.. _draft.Routes.Select(route =>
    {
        string name = $"route '{PolicyRules.Printable(route.Policy.Name ?? "")}'";
        if (route.To.Count > 0)
        {
            return Targets(route.To, route.Where, name);
        }

        IReadOnlyList<RouteTarget> inherited = _domains.GetValueOrDefault(route.Policy.Domain ?? "")?.Targets ?? [];
        if (inherited.Count == 0)
        {
            Problem(route.Where, name, "The route has no target.", "Add 'to' with the service id of a chat service, or give its domain a target.");
        }

        return inherited;
    })];

    private List<RoutingRule> Rules()
    {
        List<RoutingRule> rules = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (RouteTableDraft.RuleDraft draft in _draft.Rules)
        {
            string name = $"rule '{draft.Name}'";
            if (string.IsNullOrWhiteSpace(draft.Name))
            {
                Problem(draft.Where, $"rule {rules.Count + 1}", "The rule has no name.", "Give it a short name: decisions and logs show it.");
            }
            else if (!names.Add(draft.Name))
            {
                Problem(draft.Where, name, "The rule's name is used twice.", "Rename one.");
            }

            if (draft.Condition.IsEmpty)
            {
                Problem(draft.Where, name, "The rule has no condition and would take every request.", "Set function, plugin, agent, step, image or a predicate; for every request use the fallback.");
            }

            if (draft.Condition.HasEmptyPattern)
            {
                Problem(draft.Where, name, "A pattern of the rule is empty and would never hold.", "Remove it; '*' stands for any name.");
            }

            if (draft.To.Count == 0)
            {
                Problem(draft.Where, name, "The rule has no target.", "Add 'to' with the service id of a chat service.");
            }

            rules.Add(new(draft.Name, draft.Condition, Targets(draft.To, draft.Where, name)));
        }

        return rules;
    }

    private List<AgentPolicies> Agents()
    {
        List<AgentPolicies> agents = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (RouteTableDraft.AgentDraft draft in _draft.Agents)
        {
            string name = $"agent '{PolicyRules.Printable(draft.Name ?? "")}'";
            if (string.IsNullOrWhiteSpace(draft.Name))
            {
                Problem(draft.Where, $"agent {agents.Count + 1}", "The agent has no name.", "Give the name under which it calls; '*' stands for any.");
            }
            else if (!names.Add(draft.Name))
            {
                Problem(draft.Where, name, "The agent is listed twice.", "Names must differ by more than case: keep one entry with all its policies.");
            }

            if (draft.Allow.Count == 0)
            {
                Problem(draft.Where, name, "The agent is allowed no policy and would always get the fallback.", "Name policies in 'allow', or remove the agent to allow all.");
            }

            agents.Add(new(draft.Name ?? "", Allowed(draft, name)));
        }

        return agents;
    }

    private List<string> Allowed(RouteTableDraft.AgentDraft draft, string name)
    {
        HashSet<string> allowed = new(StringComparer.OrdinalIgnoreCase);
        foreach (string policy in draft.Allow)
        {
            if (string.IsNullOrWhiteSpace(policy))
            {
                Problem(draft.Where, name, "The name of an allowed policy is empty.", "Use the name of a route.");
            }
            else if (!allowed.Add(policy))
            {
                Problem(draft.Where, name, $"The policy '{PolicyRules.Printable(policy)}' is listed twice.", "Keep the first.");
            }
            else if (!_draft.Routes.Exists(r => string.Equals(r.Policy.Name, policy, StringComparison.OrdinalIgnoreCase)))
            {
                string[] known = [.. _draft.Routes.Select(r => r.Policy.Name).Where(n => !string.IsNullOrWhiteSpace(n)).Select(PolicyRules.Printable)];
                string guess = ConfigKeys.Nearest(policy, known) is { } near ? $"Did you mean '{near}'? " : "";
                Problem(draft.Where, name, $"There is no route '{ConfigKeys.Quotable(policy)}' to allow.", known.Length == 0 ? "There are no routes." : $"{guess}Known routes: {string.Join(", ", known)}.");
            }
        }

        // In the table's order and spelling, so that equal content gives an equal version.
        return [.. _draft.Routes.Select(r => r.Policy.Name).Where(n => n is not null && allowed.Contains(n))];
    }

    private List<RouteTarget> Fallback()
    {
        List<RouteTableDraft.FallbackDraft> drafts = _draft.Fallbacks;
        if (drafts.Count == 0 || drafts[0].To.Count == 0)
        {
            Problem(drafts.Count == 0 ? _draft.Where : drafts[0].Where, "fallback", "There is no fallback target.", "Name the service that answers when no policy fits or routing fails: .Fallback(\"fast\"), or 'fallback: fast' in a file.");
            return [];
        }

        if (drafts.Count > 1)
        {
            Problem(drafts[1].Where, "fallback", "The fallback is set twice.", "Keep one; further targets go into 'orElse'.");
        }

        return Targets(drafts[0].To, drafts[0].Where, "fallback");
    }

    private List<RouteTarget> Targets(IReadOnlyList<string> serviceIds, string? where, string what)
    {
        List<RouteTarget> targets = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string serviceId in serviceIds)
        {
            if (string.IsNullOrWhiteSpace(serviceId))
            {
                Problem(where, what, "A target's service id is empty.", "Name the key under which the chat service is registered.");
            }
            else if (!seen.Add(serviceId))
            {
                Problem(where, what, $"The target '{serviceId}' is listed twice.", "Keep the first.");
            }
            else if (_declared.TryGetValue(serviceId, out RouteTarget? declared))
            {
                targets.Add(declared);
            }
            else
            {
                if (_declared.Count > 0)
                {
                    Problem(where, what, $"The target '{serviceId}' is not declared.", $"Declare it, or use one of: {string.Join(", ", _declared.Keys)}.");
                }

                targets.Add(new(serviceId));
            }
        }

        return targets;
    }

    private void Problem(string? where, string what, string message, string fix) => _problems.Add(new(At(where, what), message, fix));

    private string At(string? where, string what) => where is null ? _prefix + what : $"{where} ({_prefix}{what})";
}
