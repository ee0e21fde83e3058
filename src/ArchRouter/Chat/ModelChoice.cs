using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>Finds the target that a request's model id names.</summary>
internal static class ModelChoice
{
    /// <summary>The service id of the target, or null when the model id names none of the table's.</summary>
    public static string? Find(string? modelId, RouteTable table, TargetClients targets)
    {
        if (string.IsNullOrEmpty(modelId))
        {
            return null;
        }

        if (table.HasTarget(modelId))
        {
            return modelId;
        }

        foreach (RouteTarget target in table.Targets)
        {
            if (targets.TryFind(target.ServiceId) is { } client && TargetClients.TryGetService<ChatClientMetadata>(client)?.DefaultModelId == modelId)
            {
                return target.ServiceId;
            }
        }

        return null;
    }
}
