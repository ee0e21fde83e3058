namespace ArchRouter;

/// <summary>One routed call while its targets are asked. It flows with the call, so that what happens inside can be told from outside.</summary>
internal sealed class RoutedCall : IDisposable
{
    // Prompt functions used as tools nest routed calls, each a little deeper; a target that leads back to the router nests without end.
    private const int DeepestNesting = 20;
    private static readonly AsyncLocal<RoutedCall?> Ambient = new();
    private readonly RoutedCall? _outer;
    private readonly int _depth;
    private volatile bool _ended;

    private RoutedCall(RoutedCall? outer, int depth)
    {
        _outer = outer;
        _depth = depth;
    }

    /// <summary>Whether a tool ran, or may have run unseen. Another target would run it again, so none may take over.</summary>
    public bool ToolRan { get; set; }

    /// <summary>Begins a call. It is the current one until it, or the asynchronous method that began it, ends.</summary>
    /// <exception cref="InvalidOperationException">A target leads back to the router.</exception>
    public static RoutedCall Begin()
    {
        RoutedCall? outer = Ambient.Value;

        // What a call started and left running flows on after it, but is not within it.
        while (outer is { _ended: true })
        {
            outer = outer._outer;
        }

        int depth = (outer?._depth ?? 0) + 1;
        return depth <= DeepestNesting ? Ambient.Value = new RoutedCall(outer, depth) : throw new InvalidOperationException(
            $"Routed calls are nested more than {DeepestNesting} deep: a target's chat service is, or wraps, the router itself. Register the model's own service under the target's key.");
    }

    /// <inheritdoc/>
    public void Dispose() => _ended = true;

    /// <summary>Notes in the current call, if there is one, that a tool runs; and in those around it, whose target it runs in too.</summary>
    public static void NoteTool()
    {
        for (RoutedCall? call = Ambient.Value; call is not null; call = call._outer)
        {
            call.ToolRan = true;
        }
    }
}
