namespace ArchRouter.Onnx;

/// <summary>A decoder's graph and where each of its weights belongs.</summary>
/// <param name="Graph">The bytes of the graph's file.</param>
/// <param name="Tensors">The weights in the order of their places.</param>
internal sealed record GenAIPlan(byte[] Graph, IReadOnlyList<PlannedTensor> Tensors)
{
    /// <summary>The length of the file of weights.</summary>
    public long DataLength => Tensors[^1].End;
}
