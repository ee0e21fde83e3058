using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>Notes that a tool ran in a routed call, so that no other target starts the call over and runs it again.</summary>
internal sealed class ToolRunFilter : IAutoFunctionInvocationFilter
{
    public Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        RoutedCall.NoteTool();
        return next(context);
    }
}
