using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>The selector that was there before ours: a registered one, else Semantic Kernel's built-in.</summary>
internal static class InnerSelector
{
    public static IAIServiceSelector Make(ServiceDescriptor? previous, IServiceProvider provider) => previous switch
    {
        null => new Kernel().ServiceSelector,
        { ImplementationInstance: IAIServiceSelector instance } => instance,
        { ImplementationFactory: { } factory } => (IAIServiceSelector)factory(provider),
        _ => (IAIServiceSelector)ActivatorUtilities.CreateInstance(provider, previous.ImplementationType!),
    };
}
