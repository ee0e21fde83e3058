using Microsoft.SemanticKernel;

namespace ArchRouter.SK.Tests;

/// <summary>Changes what came of rendering a prompt.</summary>
internal sealed class RewriteFilter(Action<PromptRenderContext> rewrite) : IPromptRenderFilter
{
    public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        await next(context);
        rewrite(context);
    }
}
