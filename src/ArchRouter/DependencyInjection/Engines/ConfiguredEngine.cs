using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter;

/// <summary>The registration that stands until code sets an engine: it makes what configuration asks for.</summary>
internal static class ConfiguredEngine
{
    public static ServiceDescriptor Descriptor { get; } = ServiceDescriptor.Singleton<IRouterEngine>(Make);

    public static bool Is(ServiceDescriptor descriptor) => ReferenceEquals(descriptor, Descriptor);

    private static IRouterEngine Make(IServiceProvider services) =>
        services.GetRequiredService<RouterSetup>().Engine?.Make(services) ?? throw new InvalidOperationException(
            "No router engine is registered. Reference the package ArchRouter.Onnx and call .UseEncoder() after AddArchRouter(...), or .AddOnnxEngines() to let configuration choose, or pass your own to .UseEngine(...).");
}
