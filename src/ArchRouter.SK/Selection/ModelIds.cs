using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Services;

namespace ArchRouter.SK;

/// <summary>Finds the target whose service has a model id.</summary>
internal static class ModelIds
{
    public static string? FindTarget(RouteTables tables, IServiceProvider services, string modelId)
    {
        foreach ((_, RouteTable table) in tables.All())
        {
            foreach (RouteTarget target in table.Targets)
            {
                if (TargetResolver.Find(services, target.ServiceId) is { } service and not RoutedChatCompletionService && service.GetModelId() == modelId)
                {
                    return target.ServiceId;
                }
            }
        }

        return null;
    }
}
