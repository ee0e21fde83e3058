using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ArchRouter.Onnx;

/// <summary>Writes a plan's weights piece by piece, so that memory does not grow with the model.</summary>
internal sealed class WeightWriter(GenAIShape shape, IWeightSource source, SafeFileHandle file, IProgress<ModelProgress>? progress)
{
    private const int PieceLength = 1 << 22;

    public void Write(GenAIPlan plan, CancellationToken cancellationToken)
    {
        foreach (PlannedTensor tensor in plan.Tensors)
        {
            int row = 0;
            foreach (SourceTensor part in Parts(tensor))
            {
                // A vector is one row in the plan and rows of one element in its sources.
                int columns = tensor.Rows == 1 && part.Rows != 1 ? 1 : tensor.Columns;
                int step = Math.Max(1, PieceLength / columns);
                for (int first = 0; first < part.Rows; first += step)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    int rows = Math.Min(step, part.Rows - first);
                    float[] piece = new float[rows * columns];
                    Fill(tensor, part, first, columns, piece);
                    Write(tensor, part, row + first, columns, piece);
                }

                row += part.Rows;
            }

            progress?.Report(new(OnnxFile.DataName, tensor.End, plan.DataLength));
        }
    }

    private static IReadOnlyList<SourceTensor> Parts(PlannedTensor tensor) => tensor.Sources.Count > 0 ? tensor.Sources : [new(tensor.Name, tensor.Rows)];

    private void Fill(PlannedTensor tensor, SourceTensor part, int first, int columns, float[] piece)
    {
        if (tensor.Kind is not (TensorKind.Cosine or TensorKind.Sine))
        {
            source.Read(part.Name, first, columns, piece);
            return;
        }

        for (int i = 0; i < piece.Length / columns; i++)
        {
            RotaryCache.Fill(first + i, shape.RopeTheta, tensor.Kind == TensorKind.Sine, piece.AsSpan(i * columns, columns));
        }
    }

    private void Write(PlannedTensor tensor, SourceTensor part, int row, int columns, float[] piece)
    {
        Round(tensor, part, columns, piece);
        if (tensor.Kind != TensorKind.Int4)
        {
            RandomAccess.Write(file, Stored(piece, tensor.Real), tensor.Offset + ((long)row * columns * tensor.RealSize));
            return;
        }

        int rows = piece.Length / columns;
        int blocks = tensor.Blocks;
        byte[] nibbles = new byte[piece.Length / 2];
        float[] scales = new float[rows * blocks];
        bool half = tensor.Real == OnnxType.Float16;
        Parallel.For(0, rows, i => Int4Block.Quantize(
            piece.AsSpan(i * columns, columns), nibbles.AsSpan(i * columns / 2, columns / 2), scales.AsSpan(i * blocks, blocks), half));
        RandomAccess.Write(file, nibbles, tensor.Offset + ((long)row * blocks * Int4Block.Bytes));
        RandomAccess.Write(file, Stored(scales, tensor.Real), tensor.ScalesOffset + ((long)row * blocks * tensor.RealSize));
    }

    /// <summary>Rounds to what will be kept, for codes are made from that, and refuses what cannot be.</summary>
    private static void Round(PlannedTensor tensor, SourceTensor part, int columns, float[] piece)
    {
        bool half = tensor.Real == OnnxType.Float16;
        bool finite = true;
        bool fits = true;
        Parallel.For(0, piece.Length / columns, row =>
        {
            foreach (ref float weight in piece.AsSpan(row * columns, columns))
            {
                if (!float.IsFinite(weight))
                {
                    Volatile.Write(ref finite, false);
                }
                else if (half)
                {
                    weight = (float)(Half)weight;
                    if (float.IsInfinity(weight))
                    {
                        Volatile.Write(ref fits, false);
                    }
                }
            }
        });
        if (!finite)
        {
            throw WeightException.NotFinite(part.Name);
        }

        if (!fits)
        {
            throw WeightException.OutOfHalf(part.Name);
        }
    }

    private static ReadOnlySpan<byte> Stored(float[] values, OnnxType type) => type == OnnxType.Float16
        ? MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, value => (Half)value))
        : MemoryMarshal.AsBytes<float>(values);
}
