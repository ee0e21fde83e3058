namespace ArchRouter.Onnx;

/// <summary>One holder's share in a loaded model.</summary>
internal sealed class ModelLease<TModel>(TModel model, Action release) : IDisposable
{
    private Action? _release = release;

    public TModel Model => model;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
