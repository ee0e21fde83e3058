namespace ArchRouter;

/// <summary>The subsets of a table's policies that calls and agents are limited to. Each is made once, so that engines compile it once.</summary>
/// <remarks>Thread-safe. Subsets of agents in the table stay; of those that only calls bring along, the ones used last do.</remarks>
internal sealed class PolicySubsets
{
    private const int Capacity = 64;
    private const int BitsPerChar = 16;

    private readonly BoundedCache<string, PolicySubset> _subsets = new(Capacity);
    private readonly Dictionary<string, int> _index = new(StringComparer.OrdinalIgnoreCase);
    private readonly (string Pattern, bool[] Allowed, PolicySubset Subset)[] _agents;

    public PolicySubsets(PolicySet policies, IReadOnlyList<AgentPolicies> agents)
    {
        All = new PolicySubset(policies, [.. Enumerable.Range(0, policies.Count)]);
        for (int i = 0; i < policies.Count; i++)
        {
            _index.Add(policies[i].Name, i);
        }

        _agents = [.. agents.Select(agent =>
        {
            bool[] allowed = Marked(agent.Allow);
            return (agent.Agent, allowed, Make(allowed));
        })];
    }

    /// <summary>Every policy.</summary>
    public PolicySubset All { get; }

    /// <summary>Every subset that is known beforehand, for warming up.</summary>
    public IEnumerable<PolicySubset> Known => _agents.Select(a => a.Subset).Prepend(All);

    /// <summary>The policies that both the agent and the call may match.</summary>
    public PolicySubset For(string? agentName, IReadOnlyCollection<string>? allowed)
    {
        bool[]? marks = allowed is null ? null : Marked(allowed);
        if (_agents.Length > 0 && !string.IsNullOrEmpty(agentName))
        {
            int exact = Array.FindIndex(_agents, a => a.Pattern.Equals(agentName, StringComparison.OrdinalIgnoreCase));
            if (exact >= 0)
            {
                if (marks is null)
                {
                    return _agents[exact].Subset;
                }

                Narrow(ref marks, _agents[exact].Allowed);
            }
            else
            {
                foreach ((string pattern, bool[] agents, _) in _agents)
                {
                    if (NamePattern.Matches(pattern, agentName))
                    {
                        Narrow(ref marks, agents);
                    }
                }
            }
        }

        return marks is null || !marks.Contains(false) ? All : _subsets.GetOrAdd(KeyOf(marks), _ => Make(marks));
    }

    private bool[] Marked(IEnumerable<string> names)
    {
        bool[] marks = new bool[All.Indexes.Length];
        foreach (string name in names)
        {
            // A name may come from anywhere, and one that the table does not have allows nothing.
            if (name is not null && _index.TryGetValue(name, out int i))
            {
                marks[i] = true;
            }
        }

        return marks;
    }

    private static void Narrow(ref bool[]? marks, bool[] by)
    {
        marks ??= [.. Enumerable.Repeat(true, by.Length)];
        for (int i = 0; i < marks.Length; i++)
        {
            marks[i] &= by[i];
        }
    }

    private PolicySubset Make(bool[] marks)
    {
        int[] indexes = [.. All.Indexes.Where(i => marks[i])];
        return new PolicySubset(new PolicySet(indexes.Select(i => All.Policies[i])), indexes);
    }

    private static string KeyOf(bool[] marks) => string.Create((marks.Length + BitsPerChar - 1) / BitsPerChar, marks, static (key, marks) =>
    {
        key.Clear();
        for (int i = 0; i < marks.Length; i++)
        {
            key[i / BitsPerChar] |= (char)((marks[i] ? 1 : 0) << (i % BitsPerChar));
        }
    });
}
