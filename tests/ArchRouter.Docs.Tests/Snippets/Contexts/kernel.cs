global using ArchRouter;
global using ArchRouter.SK;
global using Microsoft.Extensions.Configuration;
global using Microsoft.Extensions.DependencyInjection;
global using Microsoft.SemanticKernel;
global using Microsoft.SemanticKernel.ChatCompletion;
global using Microsoft.SemanticKernel.Connectors.OpenAI;
global using static ArchRouter.Docs.KernelContext;

namespace ArchRouter.Docs;

/// <summary>A kernel and what is used to build it.</summary>
internal static class KernelContext
{
    public static readonly string key = "";
    public static readonly IKernelBuilder builder = Kernel.CreateBuilder();
    public static readonly Kernel kernel = new();
    public static readonly IConfiguration configuration = new ConfigurationBuilder().Build();
    public static readonly ChatHistory history = [];
    public static readonly CancellationToken cancellationToken = CancellationToken.None;
}
