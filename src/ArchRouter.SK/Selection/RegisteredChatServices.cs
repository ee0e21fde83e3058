using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;

namespace ArchRouter.SK;

/// <summary>The chat services that are registered, known without making any of them.</summary>
internal sealed class RegisteredChatServices
{
    private readonly HashSet<string> _services = new(StringComparer.Ordinal);
    private readonly HashSet<string> _clients = new(StringComparer.Ordinal);
    private readonly bool _anyKey;
    private readonly IServiceProviderIsKeyedService? _provider;

    /// <summary>Looks at what is registered.</summary>
    /// <param name="services">The collection, complete by now.</param>
    /// <param name="ours">The routed service's own registration, which is no target.</param>
    /// <param name="provider">Knows also what a container has beyond the collection; null for containers that cannot tell.</param>
    public RegisteredChatServices(IServiceCollection services, ServiceDescriptor? ours, IServiceProviderIsKeyedService? provider)
    {
        _provider = provider;
        foreach (ServiceDescriptor descriptor in services)
        {
            HashSet<string>? keys = descriptor.ServiceType == typeof(IChatCompletionService) ? _services
                : descriptor.ServiceType == typeof(IChatClient) ? _clients
                : null;
            if (keys is null || ReferenceEquals(descriptor, ours))
            {
                continue;
            }

            HasUnkeyed |= !descriptor.IsKeyedService;
            if (descriptor.IsKeyedService)
            {
                _anyKey |= descriptor.ServiceKey == KeyedService.AnyKey;
                _ = descriptor.ServiceKey is string key && keys.Add(key);
            }
        }
    }

    /// <summary>Every service id under which a chat service stands, in alphabetical order.</summary>
    public IEnumerable<string> ServiceIds => _services.Union(_clients).Order(StringComparer.Ordinal);

    /// <summary>Whether a chat service stands without a key, where no route can name it.</summary>
    public bool HasUnkeyed { get; }

    /// <summary>Whether there is any chat service.</summary>
    public bool Any => _anyKey || HasUnkeyed || _services.Count + _clients.Count > 0;

    public bool HasService(string serviceId) =>
        _services.Contains(serviceId) || _provider?.IsKeyedService(typeof(IChatCompletionService), serviceId) == true;

    public bool HasClient(string serviceId) =>
        _clients.Contains(serviceId) || _provider?.IsKeyedService(typeof(IChatClient), serviceId) == true;

    /// <summary>Whether Semantic Kernel would find a service of any kind under this id.</summary>
    public bool Has(string serviceId) =>
        HasService(serviceId) || HasClient(serviceId) || _provider?.IsKeyedService(typeof(ITextGenerationService), serviceId) == true;
}
