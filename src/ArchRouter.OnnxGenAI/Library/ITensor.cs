namespace ArchRouter.OnnxGenAI;

/// <summary>An output of a pass, in native memory that is valid until it is disposed.</summary>
internal interface ITensor : IDisposable
{
    TensorNumbers Numbers { get; }

    IReadOnlyList<long> Shape { get; }

    ReadOnlySpan<T> Read<T>()
        where T : unmanaged;
}
