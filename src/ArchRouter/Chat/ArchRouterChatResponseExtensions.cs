using ArchRouter;

namespace Microsoft.Extensions.AI;

/// <summary>Reads the routing decision that came with an answer.</summary>
public static class ArchRouterChatResponseExtensions
{
    /// <summary>The decision by which an answer was routed, with <see cref="RoutingDecision.ServedBy"/> set.</summary>
    /// <param name="response">The answer, also one combined from updates.</param>
    /// <returns>The decision, or <see langword="null"/> if the answer did not come from a <see cref="RoutedChatClient"/>.</returns>
    public static RoutingDecision? GetRoutingDecision(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        RoutingDecision? decision = In(response.AdditionalProperties);
        // Where updates that carry a message id are combined, their properties become the message's. The latest message is the answer.
        for (int i = response.Messages.Count - 1; i >= 0 && decision is null; i--)
        {
            decision = In(response.Messages[i].AdditionalProperties);
        }

        return decision;
    }

    /// <summary>The decision by which a streamed answer was routed, with <see cref="RoutingDecision.ServedBy"/> set.</summary>
    /// <param name="update">An update; the first one of a stream carries the decision.</param>
    /// <returns>The decision, or <see langword="null"/> if this update carries none.</returns>
    public static RoutingDecision? GetRoutingDecision(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return In(update.AdditionalProperties);
    }

    private static RoutingDecision? In(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(RoutingDecision.MetadataKey, out object? value) ? value as RoutingDecision : null;
}
