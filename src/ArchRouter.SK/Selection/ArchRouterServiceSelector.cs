using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Services;
using Microsoft.SemanticKernel.TextGeneration;

namespace ArchRouter.SK;

/// <summary>
/// Hands Semantic Kernel a routed service for every call that names no service itself. The decision is made in that service, where the
/// rendered messages are; nothing is awaited here, and no service is made unless the call names a model id.
/// </summary>
internal sealed class ArchRouterServiceSelector(IAIServiceSelector inner, RoutedServices routed, ArchRouterSelectorOptions options)
    : IAIServiceSelector, IChatClientSelector
{
    private const string HandoffPlugin = "HandoffPlugin";

    // Semantic Kernel's own takes the default where it finds no service with a model id, as under AddKernel, where it sees no keyed one. An
    // application's is in charge of what it chooses.
    private readonly bool _takesDefault = ConnectorSettings.IsSemanticKernel(inner.GetType().Assembly);

    public bool TrySelectAIService<T>(
        Kernel kernel, KernelFunction function, KernelArguments arguments, [NotNullWhen(true)] out T? service, out PromptExecutionSettings? serviceSettings)
        where T : class, IAIService
    {
        if (options.PassThrough)
        {
            return inner.TrySelectAIService(kernel, function, arguments, out service, out serviceSettings);
        }

        IReadOnlyDictionary<string, PromptExecutionSettings>? settings = RequestedSettings.Of(function, arguments);
        if (!NamesItsService(kernel, arguments, settings))
        {
            if (typeof(T) == typeof(IChatCompletionService) && routed.ThroughServices)
            {
                service = (T)(object)routed.Service(kernel.Services, CallInfo.Of(function, arguments));
                serviceSettings = RequestedSettings.Default(settings);
                return true;
            }

            // Where all targets are chat clients, say no until Semantic Kernel asks for a chat client, so that callers get MEAI's types.
            if (routed.ThroughClients && (typeof(T) == typeof(IChatCompletionService) || typeof(T) == typeof(ITextGenerationService)))
            {
                service = null;
                serviceSettings = null;
                return false;
            }
        }

        return TrySelectInner(kernel, function, arguments, settings, out service, out serviceSettings);
    }

    public bool TrySelectChatClient<T>(
        Kernel kernel, KernelFunction function, KernelArguments arguments, [NotNullWhen(true)] out T? service, out PromptExecutionSettings? serviceSettings)
        where T : class, IChatClient
    {
        IReadOnlyDictionary<string, PromptExecutionSettings>? settings = RequestedSettings.Of(function, arguments);
        bool routes = !options.PassThrough && routed.ThroughClients && typeof(T) == typeof(IChatClient);
        if (routes && !NamesItsService(kernel, arguments, settings))
        {
            service = (T)routed.Client(kernel.Services, CallInfo.Of(function, arguments), kernel);
            serviceSettings = RequestedSettings.Default(settings);
            return true;
        }

        bool looksUpModels = routes && !NamesRegistered(settings);
        if (looksUpModels && _takesDefault && TryFindByModelId(out service, out serviceSettings))
        {
            return true;
        }

        service = null;
        serviceSettings = null;
        return (inner is IChatClientSelector selector && selector.TrySelectChatClient(kernel, function, arguments, out service, out serviceSettings))
            || (looksUpModels && TryFindByModelId(out service, out serviceSettings));

        bool TryFindByModelId([NotNullWhen(true)] out T? client, out PromptExecutionSettings? clientSettings)
        {
            clientSettings = null;
            client = (T?)ByModelId(settings, id => routed.FindClientByModelId(kernel, arguments, id), ref clientSettings);
            return client is not null;
        }
    }

    /// <summary>
    /// Whether the call is the inner selector's: it names an id that some service has, or only ids that none has, which it then refuses.
    /// Unknown ids beside settings for the default, as prompt files ship them, name nothing.
    /// </summary>
    private bool NamesItsService(Kernel kernel, KernelArguments arguments, IReadOnlyDictionary<string, PromptExecutionSettings>? settings) =>
        RequestedSettings.ServiceIds(settings).Any(id => routed.Has(id) || RequestedSettings.Default(settings) is null)
        || RequestedSettings.ModelIds(settings).Any(id => routed.HasModelId(kernel, arguments, id) || ModelIds.AnyHas(kernel, id));

    /// <summary>Whether the call names a service id under which there is a service; it comes before a model id.</summary>
    private bool NamesRegistered(IReadOnlyDictionary<string, PromptExecutionSettings>? settings) => RequestedSettings.ServiceIds(settings).Any(routed.Has);

    private bool TrySelectInner<T>(
        Kernel kernel,
        KernelFunction function,
        KernelArguments arguments,
        IReadOnlyDictionary<string, PromptExecutionSettings>? settings,
        [NotNullWhen(true)] out T? service,
        out PromptExecutionSettings? serviceSettings)
        where T : class, IAIService
    {
        bool found = inner.TrySelectAIService(kernel, function, arguments, out service, out serviceSettings);
        if (found && service is not (null or RoutedChatCompletionService) && !MissesModelId(kernel, arguments, settings, service))
        {
            if (kernel.Plugins.TryGetPlugin(HandoffPlugin, out _))
            {
                serviceSettings = WithFunctionChoice(serviceSettings, RequestedSettings.Default(settings));
            }

            return true;
        }

        // The inner selector took the default, such as the routed service itself, or found nothing, so a model id has to be looked up here.
        service = (routed.ThroughClients ? null
            : ByModelId(settings, id => routed.FindByModelId(kernel, arguments, id), ref serviceSettings)
                ?? (found && routed.ThroughServices ? routed.Service(kernel.Services, CallInfo.Of(function, arguments)) : null)) as T;
        return service is not null;
    }

    /// <summary>Whether the inner selector took the default for a call that names the model of a target.</summary>
    private bool MissesModelId<T>(Kernel kernel, KernelArguments arguments, IReadOnlyDictionary<string, PromptExecutionSettings>? settings, T service)
        where T : class, IAIService =>
        _takesDefault
        && (typeof(T) == typeof(IChatCompletionService) || (routed.ThroughClients && typeof(T) == typeof(ITextGenerationService)))
        && !NamesRegistered(settings)
        && !RequestedSettings.ModelIds(settings).Contains(service.GetModelId())
        && RequestedSettings.ModelIds(settings).Any(id => routed.HasModelId(kernel, arguments, id));

    /// <summary>The first service that a model id of the call names, with the settings that name it; else null, and the settings stay.</summary>
    private static TService? ByModelId<TService>(
        IReadOnlyDictionary<string, PromptExecutionSettings>? settings, Func<string, TService?> find, ref PromptExecutionSettings? serviceSettings)
        where TService : class
    {
        foreach (PromptExecutionSettings candidate in settings?.Values ?? [])
        {
            if (candidate.ModelId is { Length: > 0 } modelId && find(modelId) is { } found)
            {
                serviceSettings = candidate;
                return found;
            }
        }

        return null;
    }

    /// <summary>Handoff puts its tools under "default"; an agent whose own settings name a service would lose them.</summary>
    private static PromptExecutionSettings? WithFunctionChoice(PromptExecutionSettings? chosen, PromptExecutionSettings? @default)
    {
        if (chosen is null || @default?.FunctionChoiceBehavior is not { } choice || chosen.FunctionChoiceBehavior is not null)
        {
            return chosen;
        }

        PromptExecutionSettings merged = chosen.Clone();
        merged.FunctionChoiceBehavior = choice;
        return merged;
    }
}
