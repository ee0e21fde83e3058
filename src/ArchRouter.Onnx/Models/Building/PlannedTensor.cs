namespace ArchRouter.Onnx;

/// <summary>What a planned weight is.</summary>
internal enum TensorKind
{
    /// <summary>A matrix in 4 bits, its scales right behind it.</summary>
    Int4,

    /// <summary>Embeddings that are not coded.</summary>
    Embedding,

    /// <summary>The factors of a normalisation.</summary>
    Norm,

    /// <summary>What is added after a product.</summary>
    Bias,

    /// <summary>Cosines of the rotary embedding.</summary>
    Cosine,

    /// <summary>Sines of the rotary embedding.</summary>
    Sine,
}

/// <summary>A part of a weight as a checkpoint names it.</summary>
/// <param name="Name">The tensor's name in the checkpoint.</param>
/// <param name="Rows">How many rows it gives.</param>
internal sealed record SourceTensor(string Name, int Rows);

/// <summary>A weight and its place in the file of weights.</summary>
/// <param name="Name">Its name in the graph, without the suffix of a part.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Rows">Rows; 1 for a vector.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Sources">Where its rows come from, one after the other.</param>
internal sealed record PlannedTensor(string Name, TensorKind Kind, int Rows, int Columns, IReadOnlyList<SourceTensor> Sources)
{
    /// <summary>Where it begins.</summary>
    public long Offset { get; init; }

    /// <summary>The element type of what is not coded: the whole tensor, or its scales.</summary>
    public OnnxType Real { get; init; } = OnnxType.Float;

    public int RealSize => Real == OnnxType.Float16 ? sizeof(ushort) : sizeof(float);

    public int Blocks => Columns / Int4Block.Size;

    public long Length => Kind == TensorKind.Int4 ? (long)Rows * Blocks * Int4Block.Bytes : (long)Rows * Columns * RealSize;

    public long ScalesOffset => Offset + Length;

    public long ScalesLength => Kind == TensorKind.Int4 ? (long)Rows * Blocks * RealSize : 0;

    public long End => ScalesOffset + ScalesLength;
}
