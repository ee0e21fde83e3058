namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>ONNX Runtime GenAI without ONNX Runtime: logits come from the test, and the real library's limits hold.</summary>
/// <param name="logits">The logit of a token after a sequence.</param>
internal sealed class StandInLibrary(Func<IReadOnlyList<int>, int, float> logits) : IGenAILibrary
{
    private readonly Lock _lock = new();
    private bool _shutDown;
    private int _directMLModels;

    public int Vocabulary { get; init; } = 1024;

    public int ContextLength { get; init; } = 2048;

    /// <summary>The logits are in half precision.</summary>
    public bool Half { get; init; }

    /// <summary>The graph gives the last logits only.</summary>
    public bool LastOnly { get; init; }

    /// <summary>Called at each step by its name; may throw.</summary>
    public Action<string>? OnCall { get; set; }

    /// <summary>Called in each pass.</summary>
    public Action? OnPass { get; set; }

    /// <summary>Everything that was made, configured and released, in order.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Each pass: how many tokens were there before, and the ones that were read.</summary>
    public List<(int Past, int[] Tokens)> Passes { get; } = [];

    public float LogitOf(IReadOnlyList<int> sequence, int token) => logits(sequence, token);

    public IDisposable OpenHandle()
    {
        Note("handle");
        return new Disposable(() =>
        {
            Note(_shutDown ? throw new StandInCrash("The handle was disposed twice.") : "~handle");
            _shutDown = true;
        });
    }

    public IGenAIConfig OpenConfig(string folder)
    {
        Note("config");
        return new StandInConfig(this);
    }

    public IGenAIModel LoadModel(IGenAIConfig config)
    {
        var own = (StandInConfig)config;
        if (_shutDown || own.IsDisposed)
        {
            throw new StandInCrash("A model was loaded after the library was shut down, or its configuration closed.");
        }

        Note("model");
        if (own.Provider == "dml" && Interlocked.Increment(ref _directMLModels) > 1)
        {
            throw new StandInCrash("DirectML has two models.");
        }

        return new StandInModel(this, own.Provider, () => _ = own.Provider == "dml" ? Interlocked.Decrement(ref _directMLModels) : 0);
    }

    public bool IsFault(Exception error) => error is StandInFault;

    public void Note(string what)
    {
        lock (_lock)
        {
            Events.Add(what);
        }

        OnCall?.Invoke(what);
    }

    private sealed class Disposable(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
