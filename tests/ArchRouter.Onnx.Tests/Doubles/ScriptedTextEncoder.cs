using System.Collections.Concurrent;

namespace ArchRouter.Onnx.Tests;

/// <summary>An encoder without a model: counts what it is asked, and waits, fails or goes on as the test says.</summary>
internal sealed class ScriptedTextEncoder(Action<string, CancellationToken>? onEncode = null) : ITextEncoder
{
    private readonly ConcurrentQueue<string> _texts = new();
    private int _running;
    private int _mostRunning;

    public static readonly EncoderDescription Description = new(
        "scripted", "model.onnx", "tokenizer.json", 4, 32, 10, 1, new ConversationLimits(5, 1200, 300), new Dictionary<string, string>());

    /// <summary>The texts so far, policies and conversations.</summary>
    public IReadOnlyCollection<string> Texts => _texts;

    public int Running => Volatile.Read(ref _running);

    public int MostRunning => Volatile.Read(ref _mostRunning);

    public int Disposals { get; private set; }

    public int RunningAtDisposal { get; private set; }

    /// <summary>An engine on this encoder alone.</summary>
    public EncoderRouterEngine ToEngine(EncoderOptions? options = null)
    {
        EncoderRuntime runtime = ToRuntime(options);
        return new EncoderRouterEngine(new EncoderLease(runtime, runtime.Close));
    }

    public EncoderRuntime ToRuntime(EncoderOptions? options = null) => new(this, Description, options ?? new EncoderOptions());

    public float Encode(ReadOnlySpan<char> text, Span<float> embedding, CancellationToken cancellationToken)
    {
        string whole = text.ToString();
        int running = Interlocked.Increment(ref _running);
        InterlockedMax(ref _mostRunning, running);
        _texts.Enqueue(whole);
        try
        {
            onEncode?.Invoke(whole, cancellationToken);
            embedding.Clear();
            embedding[whole.Length % embedding.Length] = 1;
            return 0;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public void Dispose()
    {
        Disposals++;
        RunningAtDisposal = Running;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = Volatile.Read(ref target); seen < value;)
        {
            int before = Interlocked.CompareExchange(ref target, value, seen);
            seen = before == seen ? value : before;
        }
    }
}
