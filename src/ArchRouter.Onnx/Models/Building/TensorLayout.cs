namespace ArchRouter.Onnx;

/// <summary>Gives the weights their places: first those that are not coded, then those in 4 bits, each in the order of use.</summary>
internal sealed class TensorLayout(OnnxType real)
{
    // Large weights begin where a file can be mapped on every system, so that a runtime need not copy them.
    private const long LargeLength = 1 << 20;
    private const long MappingUnit = 1 << 16;
    private readonly List<PlannedTensor> _plain = [];
    private readonly List<PlannedTensor> _coded = [];

    public void Add(PlannedTensor tensor) => (tensor.Kind == TensorKind.Int4 ? _coded : _plain).Add(tensor with { Real = real });

    public IReadOnlyList<PlannedTensor> Place()
    {
        long end = 0;
        var placed = new List<PlannedTensor>(_plain.Count + _coded.Count);
        foreach (PlannedTensor tensor in _plain.Concat(_coded))
        {
            long offset = tensor.Length < LargeLength ? end : (end + MappingUnit - 1) / MappingUnit * MappingUnit;
            placed.Add(tensor with { Offset = offset });
            end = placed[^1].End;
        }

        return placed;
    }
}
