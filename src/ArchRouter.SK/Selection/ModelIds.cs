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
                if (TryFind(services, target.ServiceId) is { } service and not RoutedChatCompletionService && service.GetModelId() == modelId)
                {
                    return target.ServiceId;
                }
            }
        }

        return null;
    }

    private static IChatCompletionService? TryFind(IServiceProvider services, string serviceId)
    {
        try
        {
            return TargetResolver.Find(services, serviceId);
        }
#pragma warning disable CA1031 // The application's factory; only looked at here, so it must not break a request that another target serves.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
