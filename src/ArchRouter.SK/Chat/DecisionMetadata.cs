namespace ArchRouter.SK;

/// <summary>Puts a decision beside what the target said of its answer.</summary>
internal static class DecisionMetadata
{
    public static IReadOnlyDictionary<string, object?> Add(IReadOnlyDictionary<string, object?>? metadata, RoutingDecision decision) =>
        new Dictionary<string, object?>(metadata ?? new Dictionary<string, object?>()) { [RoutingDecision.MetadataKey] = decision };
}
