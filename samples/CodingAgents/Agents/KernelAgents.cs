using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace CodingAgents;

/// <summary>Makes the agents of the Semantic Kernel workflow: kernel functions, or Semantic Kernel's own agents if built with -p:SkAgents=true.</summary>
internal static class KernelAgents
{
    public static IKernelAgent Create(AgentRole role, Kernel kernel, IEnumerable<AIFunction> tools) =>
#if SK_AGENTS
        new ChatCompletionStepAgent(role, WithTools(kernel, tools));
#else
        new FunctionAgent(role, WithTools(kernel, tools));
#endif

    /// <summary>A kernel for one agent: the same services, hence the same selector, and plugins of its own.</summary>
    public static Kernel WithTools(Kernel kernel, IEnumerable<AIFunction> tools)
    {
        Kernel own = kernel.Clone();
        own.Plugins.AddFromFunctions("repository", tools.Select(tool => tool.AsKernelFunction()));
        return own;
    }
}
