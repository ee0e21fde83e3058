namespace ArchRouter.Onnx;

/// <summary>A tensor holds a weight that is not a finite number.</summary>
internal sealed class WeightException(string tensor) : Exception($"The tensor '{tensor}' holds a weight that is not a finite number.")
{
    /// <summary>The tensor's name in the checkpoint.</summary>
    public string Tensor => tensor;
}
