using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Services;

namespace ArchRouter.SK;

/// <summary>Finds the service that has a model id. Services are made for that; one that cannot be made has none, since another may well serve the call.</summary>
internal static class ModelIds
{
    /// <summary>The service id of the table's target that has a model id, or null. Other tables are other teams' or tenants'.</summary>
    public static string? FindTarget(RouteTable table, IServiceProvider services, string modelId) =>
        table.Targets.FirstOrDefault(target => Guarded(() =>
            TargetResolver.Find(services, target.ServiceId) is { } service and not RoutedChatCompletionService && service.GetModelId() == modelId))?.ServiceId;

    /// <summary>Whether any chat service of a kernel has a model id, as far as they can be made: Semantic Kernel lists no further either.</summary>
    public static bool AnyHas(Kernel kernel, string modelId) =>
        Guarded(() => kernel.GetAllServices<IChatCompletionService>().Any(s => s.GetModelId() == modelId))
        || Guarded(() => kernel.GetAllServices<IChatClient>().Any(c => c.GetModelId() == modelId));

    private static bool Guarded(Func<bool> look)
    {
        try
        {
            return look();
        }
#pragma warning disable CA1031 // The application's factories; only looked at here, so they must not break a request that another service answers.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
