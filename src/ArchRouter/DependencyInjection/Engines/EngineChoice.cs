using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter;

/// <summary>Who chose the engine.</summary>
/// <param name="services">The collection, complete when it is asked.</param>
internal sealed class EngineChoice(IServiceCollection services)
{
    /// <summary>Whether code set an engine, in which case configuration is not asked.</summary>
    public bool IsCode { get; } = services.LastOrDefault(d => d.ServiceType == typeof(IRouterEngine) && !d.IsKeyedService) is { } engine && !ConfiguredEngine.Is(engine);
}
