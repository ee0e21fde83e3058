global using ArchRouter;
global using ArchRouter.Onnx;
global using Microsoft.Extensions.AI;
global using Microsoft.Extensions.DependencyInjection;
global using static ArchRouter.Docs.ServicesContext;

namespace ArchRouter.Docs;

/// <summary>A service collection, and the chat clients of an application.</summary>
internal static class ServicesContext
{
    public static readonly IServiceCollection services = new ServiceCollection();
    public static readonly IServiceProvider provider = services.BuildServiceProvider();
    public static readonly IChatClient fastClient = null!;
    public static readonly IChatClient strongClient = null!;
    public static readonly CancellationToken cancellationToken = CancellationToken.None;
}
