using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ArchRouter;

/// <summary>Remembers the decision of a user turn, so that the steps of its tool loop keep it.</summary>
/// <remarks>
/// A turn is known by its content: table, allowed policies, caller, instructions, needs and the messages up to the request. Two conversations that are equal
/// up to there share an entry, which is harmless since they would be decided alike.
/// </remarks>
internal sealed class TurnMemory(int capacity)
{
    // Seeded per process, so that nobody can prepare two conversations that collide.
    private static readonly long Seed = Random.Shared.NextInt64();
    private readonly BoundedCache<UInt128, RoutingDecision> _decisions = new(capacity);

    public bool IsOn => capacity > 0;

    public static UInt128 KeyOf(RouteTable table, PolicySubset allowed, RouteContext context)
    {
        var hash = new XxHash128(Seed);
        Add(hash, table.Version);
        Add(hash, allowed.Policies.Version);
        Add(hash, context.TableName);
        Add(hash, context.AgentName);
        Add(hash, context.PluginName);
        Add(hash, context.FunctionName);
        Add(hash, context.Instructions);
        Span<int> needs = [(int)context.Needs, context.Conversation.HasImage ? 1 : 0, context.Conversation.AnyImage ? 1 : 0];
        hash.Append(MemoryMarshal.AsBytes(needs));
        foreach (ConversationMessage message in context.Conversation.Messages)
        {
            Add(hash, message.Role == ConversationRole.User ? "u" : "a");
            Add(hash, message.Text);
        }

        return hash.GetCurrentHashAsUInt128();
    }

    public RoutingDecision? Find(UInt128 key) => _decisions.TryGet(key, out RoutingDecision? decision) ? decision : null;

    public void Remember(UInt128 key, RoutingDecision decision) => _decisions.Set(key, decision);

    private static void Add(XxHash128 hash, string? text)
    {
        Span<int> length = [text?.Length ?? -1];
        hash.Append(MemoryMarshal.AsBytes(length));
        hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
    }
}
