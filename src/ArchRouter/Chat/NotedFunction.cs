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

    /// <summary>The tools as the application made them, also where a router around this one notes them.</summary>
    public static IList<AITool> Unnoted(IEnumerable<AITool> tools) => [.. tools.Select(Unnoted)];

    private static AITool Unnoted(AITool tool) => tool is NotedFunction noted ? Unnoted(noted.InnerFunction) : tool;
}
