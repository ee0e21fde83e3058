using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>A request that has been decided: what to forward, and where.</summary>
internal readonly record struct RoutedRequest(IReadOnlyList<ChatMessage> Messages, ForwardedOptions Options, RoutingDecision Decision, RouteContext Context)
{
    /// <summary>Adds the decision, with the target that answered, to an answer's properties.</summary>
    public AdditionalPropertiesDictionary SignedBy(RouteTarget servedBy, AdditionalPropertiesDictionary? properties)
    {
        properties ??= [];
        properties[RoutingDecision.MetadataKey] = Decision with { ServedBy = servedBy.ServiceId };
        return properties;
    }
}
