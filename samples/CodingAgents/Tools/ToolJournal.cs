namespace CodingAgents;

/// <summary>Notes the tools that the present step uses, and says when it has used enough.</summary>
internal sealed class ToolJournal(int callsPerStep)
{
    private readonly Lock _lock = new();
    private List<ToolCall> _calls = [];
    private int _begun;

    public event Action<ToolCall>? Called;

    /// <summary>Whether the present step may use another tool.</summary>
    public bool TryBegin() => Interlocked.Increment(ref _begun) <= callsPerStep;

    public void Add(ToolCall call)
    {
        lock (_lock)
        {
            _calls.Add(call);
        }

        Called?.Invoke(call);
    }

    /// <summary>The calls of the step that ends; the next one starts with none.</summary>
    public IReadOnlyList<ToolCall> Take()
    {
        lock (_lock)
        {
            Interlocked.Exchange(ref _begun, 0);
            List<ToolCall> calls = _calls;
            _calls = [];
            return calls;
        }
    }
}
