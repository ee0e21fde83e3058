using System.Collections;

namespace ArchRouter;

/// <summary>An immutable, ordered list of policies with a content hash, which engines use to compile a list once.</summary>
/// <remarks>Thread-safe. The order is the one given; it is kept so that a compiled form can be reused.</remarks>
public sealed class PolicySet : IReadOnlyList<RoutePolicy>
{
    private readonly RoutePolicy[] _policies;
    private readonly Dictionary<string, int> _index;

    /// <summary>Makes a set from policies in their order.</summary>
    /// <param name="policies">The policies; the list is copied.</param>
    /// <exception cref="RouteTableException">Names or descriptions break the rules of <see cref="RoutePolicy"/>; every problem is listed.</exception>
    public PolicySet(IEnumerable<RoutePolicy> policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        _policies = [.. policies];
        RouteTableException.ThrowIfAny(PolicyRules.Check(_policies));
        _index = new Dictionary<string, int>(_policies.Length, StringComparer.Ordinal);
        for (int i = 0; i < _policies.Length; i++)
        {
            _index.Add(_policies[i].Name, i);
        }

        Version = ContentHash.Of(hash =>
        {
            foreach (RoutePolicy policy in _policies)
            {
                hash.Add(policy.Name).Add(policy.Description);
            }
        });
    }

    /// <summary>A hash of names and descriptions in their order: equal content, equal version, in every process.</summary>
    public string Version { get; }

    /// <inheritdoc/>
    public int Count => _policies.Length;

    /// <inheritdoc/>
    public RoutePolicy this[int index] => _policies[index];

    /// <summary>The position of a policy, or -1.</summary>
    /// <param name="name">The policy's name; case matters.</param>
    public int IndexOf(string name) => _index.GetValueOrDefault(name, -1);

    /// <inheritdoc/>
    public IEnumerator<RoutePolicy> GetEnumerator() => ((IEnumerable<RoutePolicy>)_policies).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
