using System.Runtime.InteropServices;

namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>A tensor whose memory is gone once it is disposed.</summary>
internal sealed class StandInTensor(float[] values, long[] shape, bool half) : ITensor
{
    private readonly Half[] _halves = half ? [.. values.Select(value => (Half)value)] : [];

    public TensorNumbers Numbers { get; init; } = half ? TensorNumbers.Half : TensorNumbers.Single;

    public IReadOnlyList<long> Shape => shape;

    public ReadOnlySpan<T> Read<T>()
        where T : unmanaged => half ? MemoryMarshal.Cast<Half, T>(_halves) : MemoryMarshal.Cast<float, T>(values);

    public void Dispose()
    {
        Array.Fill(values, float.NaN);
        Array.Fill(_halves, System.Half.NaN);
    }
}
