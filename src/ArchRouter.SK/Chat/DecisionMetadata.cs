namespace ArchRouter.SK;

/// <summary>Puts a decision beside what the target said of its answer.</summary>
internal static class DecisionMetadata
{
    public static IReadOnlyDictionary<string, object?> Add(IReadOnlyDictionary<string, object?>? metadata, RoutingDecision decision)
    {
        Dictionary<string, object?> all = metadata is null ? [] : new(metadata);
        all[RoutingDecision.MetadataKey] = decision;
        return all;
    }
}
