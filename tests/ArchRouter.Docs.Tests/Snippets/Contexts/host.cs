global using ArchRouter;
global using Microsoft.Extensions.AI;
global using Microsoft.Extensions.Configuration;
global using Microsoft.Extensions.DependencyInjection;
global using Microsoft.Extensions.Hosting;
global using Microsoft.SemanticKernel;
global using static ArchRouter.Docs.HostContext;

namespace ArchRouter.Docs;

/// <summary>An application with a host.</summary>
internal static class HostContext
{
    public static readonly string key = "";
    public static readonly HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    public static readonly IServiceCollection services = builder.Services;
    public static readonly IHost host = null!;
}
