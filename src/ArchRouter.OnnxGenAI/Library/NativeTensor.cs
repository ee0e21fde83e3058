using Microsoft.ML.OnnxRuntimeGenAI;

namespace ArchRouter.OnnxGenAI;

internal sealed class NativeTensor(Tensor tensor) : ITensor
{
    public TensorNumbers Numbers => tensor.Type() switch
    {
        ElementType.float32 => TensorNumbers.Single,
        ElementType.float16 => TensorNumbers.Half,
        _ => TensorNumbers.Other,
    };

    public IReadOnlyList<long> Shape => tensor.Shape();

    public ReadOnlySpan<T> Read<T>()
        where T : unmanaged => tensor.GetData<T>();

    public void Dispose() => tensor.Dispose();
}
