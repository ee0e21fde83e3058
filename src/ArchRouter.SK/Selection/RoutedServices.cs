using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK;

/// <summary>Makes the routed service or client of a call, and finds targets by model id.</summary>
internal sealed class RoutedServices(PreferenceRouter router, TargetCheck targets, RegisteredChatServices registered, ILogger<PreferenceRouter> logger)
{
    private readonly PortableSettings _settings = new(logger);

    /// <summary>Whether calls are routed as <see cref="IChatCompletionService"/>: as soon as one target is one.</summary>
    public bool ThroughServices => targets.HasServices;

    /// <summary>Whether calls are routed as <see cref="IChatClient"/>: when every target is one.</summary>
    public bool ThroughClients => targets.HasClients && !targets.HasServices;

    public RoutedChatCompletionService Service(IServiceProvider services, CallInfo call) => new(router, services, call, _settings, logger);

    public IChatClient Client(IServiceProvider services, CallInfo call, Kernel kernel) =>
        new RoutedChatClient(
            router,
            serviceId => TargetResolver.FindClient(services, serviceId, kernel),
            new ChatCaller(call.FunctionName, call.PluginName, RequestHints.Of(call.Arguments, kernel), ChatHistoryReader.EveryAuthorIsUser),
            logger);

    /// <summary>Whether Semantic Kernel would find a service under this id.</summary>
    public bool Has(string serviceId) => registered.Has(serviceId);

    /// <summary>Whether a target of the call's table has the model of this id.</summary>
    public bool HasModelId(Kernel kernel, KernelArguments arguments, string modelId) => FindTarget(kernel, arguments, modelId) is not null;

    /// <summary>The chat client of the call's target whose model has this id, or null.</summary>
    public IChatClient? FindClientByModelId(Kernel kernel, KernelArguments arguments, string modelId) =>
        FindTarget(kernel, arguments, modelId) is { } serviceId ? TargetResolver.FindClient(kernel.Services, serviceId) : null;

    /// <summary>The chat service of the call's target whose model has this id, or null.</summary>
    public IChatCompletionService? FindByModelId(Kernel kernel, KernelArguments arguments, string modelId) =>
        FindTarget(kernel, arguments, modelId) is { } serviceId ? TargetResolver.Find(kernel.Services, serviceId) : null;

    private string? FindTarget(Kernel kernel, KernelArguments arguments, string modelId) =>
        ModelIds.FindTarget(RequestHints.Of(arguments, kernel).TableOf(router.Tables), kernel.Services, modelId);
}
