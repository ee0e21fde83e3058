using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>Remembers which target holds a conversation, for services that keep the history themselves.</summary>
/// <remarks>
/// A tool loop over such a service sends the tool results alone, under the conversation's id. No user message is there to route by, and
/// no other target knows the conversation.
/// </remarks>
internal sealed class ServiceConversations
{
    private const int Capacity = 1024;
    private readonly BoundedCache<string, RoutingDecision> _decisions = new(Capacity);

    /// <summary>The decision to keep for a request without a user's message, or null.</summary>
    public RoutingDecision? Find(ConversationWindow conversation, ChatOptions? options) =>
        !conversation.HasRequest && options?.ConversationId is { } id && _decisions.TryGet(id, out RoutingDecision? decision) ? decision : null;

    public void Remember(string? conversationId, RoutingDecision decision, RouteTarget servedBy)
    {
        if (conversationId is not null)
        {
            _decisions.Set(conversationId, decision with { Targets = [servedBy] });
        }
    }
}
