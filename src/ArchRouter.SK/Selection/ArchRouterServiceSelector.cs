using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Services;
using Microsoft.SemanticKernel.TextGeneration;

namespace ArchRouter.SK;

/// <summary>
/// Hands Semantic Kernel a routed service for every call that names no service itself. The decision is made in that service, where the
/// rendered messages are; here nothing is awaited and nothing is read.
/// </summary>
internal sealed class ArchRouterServiceSelector : IAIServiceSelector, IChatClientSelector
{
    private readonly IAIServiceSelector _inner;
    private readonly RoutedServices _routed;
    private readonly ArchRouterSelectorOptions _options;

    public ArchRouterServiceSelector(IAIServiceSelector inner, RoutedServices routed, ArchRouterSelectorOptions options)
    {
        _inner = inner;
        _routed = routed;
        _options = options;
    }

    public bool TrySelectAIService<T>(
        Kernel kernel, KernelFunction function, KernelArguments arguments, [NotNullWhen(true)] out T? service, out PromptExecutionSettings? serviceSettings)
        where T : class, IAIService
    {
        IReadOnlyDictionary<string, PromptExecutionSettings>? settings = RequestedSettings.Of(function, arguments);
        if (!_options.PassThrough && !NamesItsService(kernel, settings))
        {
            if (typeof(T) == typeof(IChatCompletionService) && _routed.ThroughServices)
            {
                service = (T)(object)_routed.Service(kernel.Services, CallInfo.Of(function, arguments));
                serviceSettings = RequestedSettings.Default(settings);
                return true;
            }

            // Where all targets are chat clients, say no until Semantic Kernel asks for a chat client, so that callers get MEAI's types.
            if (_routed.ThroughClients && (typeof(T) == typeof(IChatCompletionService) || typeof(T) == typeof(ITextGenerationService)))
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
        if (!_options.PassThrough && _routed.ThroughClients && typeof(T) == typeof(IChatClient) && !NamesItsService(kernel, settings))
        {
            service = (T)_routed.Client(kernel.Services, CallInfo.Of(function, arguments), kernel);
            serviceSettings = RequestedSettings.Default(settings);
            return true;
        }

        service = null;
        serviceSettings = null;
        return _inner is IChatClientSelector inner && inner.TrySelectChatClient(kernel, function, arguments, out service, out serviceSettings);
    }

    /// <summary>A service id always counts, a model id only where some chat service has it. An id that nobody has is the inner selector's to refuse.</summary>
    private bool NamesItsService(Kernel kernel, IReadOnlyDictionary<string, PromptExecutionSettings>? settings) =>
        RequestedSettings.NameService(settings)
        || RequestedSettings.ModelIds(settings).Any(id => _routed.FindByModelId(kernel.Services, id) is not null || AnyHasModelId(kernel, id));

    private static bool AnyHasModelId(Kernel kernel, string modelId) =>
        kernel.GetAllServices<IChatCompletionService>().Any(s => s.GetModelId() == modelId)
        || kernel.GetAllServices<IChatClient>().Any(c => c.GetModelId() == modelId);

    private bool TrySelectInner<T>(
        Kernel kernel,
        KernelFunction function,
        KernelArguments arguments,
        IReadOnlyDictionary<string, PromptExecutionSettings>? settings,
        [NotNullWhen(true)] out T? service,
        out PromptExecutionSettings? serviceSettings)
        where T : class, IAIService
    {
        if (!_inner.TrySelectAIService(kernel, function, arguments, out service, out serviceSettings))
        {
            return false;
        }

        if (service is not RoutedChatCompletionService)
        {
            serviceSettings = WithFunctionChoice(serviceSettings, RequestedSettings.Default(settings));
            return true;
        }

        // The inner selector took the unkeyed default, which is the routed service itself.
        service = SelectInPlaceOfDefault(kernel, function, arguments, settings) as T;
        return service is not null;
    }

    private IChatCompletionService? SelectInPlaceOfDefault(
        Kernel kernel, KernelFunction function, KernelArguments arguments, IReadOnlyDictionary<string, PromptExecutionSettings>? settings)
    {
        if (_options.PassThrough)
        {
            return kernel.GetAllServices<IChatCompletionService>().LastOrDefault(s => s is not RoutedChatCompletionService);
        }

        // Under AddKernel the built-in selector sees no keyed service, so a model id has to be looked up here.
        foreach (string modelId in RequestedSettings.ModelIds(settings))
        {
            if (_routed.FindByModelId(kernel.Services, modelId) is { } named)
            {
                return named;
            }
        }

        return _routed.ThroughServices ? _routed.Service(kernel.Services, CallInfo.Of(function, arguments)) : null;
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
