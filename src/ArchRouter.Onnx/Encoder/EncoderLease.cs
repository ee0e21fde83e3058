namespace ArchRouter.Onnx;

/// <summary>One engine's share in a loaded model.</summary>
internal sealed class EncoderLease(EncoderRuntime runtime, Action release) : IDisposable
{
    private Action? _release = release;

    public EncoderRuntime Runtime => runtime;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
