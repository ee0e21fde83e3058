using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ArchRouter.Onnx;

/// <summary>
/// Memory outside the managed heap that ONNX Runtime reads and writes in place. Zeroed lazily by the system: what no sequence ever reached
/// takes address space, not memory.
/// </summary>
internal sealed unsafe class NativeBuffer : SafeHandle
{
    // A cache line, and as much as any vector instruction asks for.
    private const nuint Alignment = 64;
    private readonly nint _start;

    public NativeBuffer(long bytes)
        : base(nint.Zero, ownsHandle: true)
    {
        Bytes = bytes;
        SetHandle((nint)NativeMemory.AllocZeroed(checked((nuint)bytes + Alignment)));
        _start = (nint)(((nuint)handle + Alignment - 1) & ~(Alignment - 1));
    }

    public long Bytes { get; }

    public override bool IsInvalid => handle == nint.Zero;

    /// <summary>The numbers from an offset on, which is in numbers too.</summary>
    public Span<T> Span<T>(long offset, int length)
        where T : unmanaged => new((T*)At(offset * sizeof(T), (long)length * sizeof(T)), length);

    /// <summary>A tensor over part of the memory; the offset is in bytes. It must not outlive the buffer.</summary>
    public OrtValue Tensor(TensorElementType type, int elementSize, long[] shape, long offset = 0)
    {
        long bytes = elementSize;
        foreach (long length in shape)
        {
            bytes *= length;
        }

        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, At(offset, bytes), bytes);
    }

    /// <summary>Moves bytes within the buffer; the ranges may overlap.</summary>
    public void Move(long from, long to, long bytes) => Buffer.MemoryCopy((void*)At(from, bytes), (void*)At(to, bytes), bytes, bytes);

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }

    private nint At(long offset, long bytes)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + bytes, Bytes);
        return _start + (nint)offset;
    }
}
