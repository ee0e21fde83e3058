namespace ArchRouter;

/// <summary>One routed call while its targets are asked. It flows with the call, so that what happens inside can be told from outside.</summary>
internal sealed class RoutedCall
{
    // Prompt functions used as tools nest routed calls, each a little deeper; a target that leads back to the router nests without end.
    private const int DeepestNesting = 20;
    private static readonly AsyncLocal<RoutedCall?> Ambient = new();
    private readonly int _depth;

    private RoutedCall(int depth) => _depth = depth;

    /// <summary>Whether a tool ran. Another target would run it again, so none may take over.</summary>
    public bool ToolRan { get; private set; }

    /// <summary>Begins a call; it ends with the asynchronous method that began it.</summary>
    /// <exception cref="InvalidOperationException">A target leads back to the router.</exception>
    public static RoutedCall Begin()
    {
        int depth = (Ambient.Value?._depth ?? 0) + 1;
        return depth <= DeepestNesting ? Ambient.Value = new RoutedCall(depth) : throw new InvalidOperationException(
            $"Routed calls are nested more than {DeepestNesting} deep: a target's chat service is, or wraps, the router itself. Register the model's own service under the target's key.");
    }

    /// <summary>Notes in the current call, if there is one, that a tool runs.</summary>
    public static void NoteTool()
    {
        if (Ambient.Value is { } call)
        {
            call.ToolRan = true;
        }
    }
}
