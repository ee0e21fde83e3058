using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>A tool that is noted when it runs, for targets that run tools themselves.</summary>
internal sealed class NotedFunction(AIFunction inner) : DelegatingAIFunction(inner)
{
    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        RoutedCall.NoteTool();
        return base.InvokeCoreAsync(arguments, cancellationToken);
    }

    /// <summary>The tools of a request, each function noted.</summary>
    public static IList<AITool> Note(IEnumerable<AITool> tools) => [.. tools.Select(t => t is AIFunction function ? new NotedFunction(function) : t)];
}
