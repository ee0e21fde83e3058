namespace ArchRouter.Onnx;

/// <summary>A tensor holds a weight that the folder cannot hold.</summary>
internal sealed class WeightException(string tensor, string message, string fix) : Exception(message)
{
    /// <summary>The tensor's name in the checkpoint.</summary>
    public string Tensor => tensor;

    /// <summary>What to do about it.</summary>
    public string Fix => fix;

    public static WeightException NotFinite(string tensor) =>
        new(tensor, $"The tensor '{tensor}' holds a weight that is not a finite number.", "Fetch the file again, or take another checkpoint.");

    public static WeightException OutOfHalf(string tensor) =>
        new(tensor, $"The tensor '{tensor}' holds a weight beyond {Half.MaxValue}, which is the most in half precision.", $"Convert with {nameof(ModelTarget)}.{nameof(ModelTarget.Cpu)}.");
}
