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
        if (tensor.Kind != TensorKind.Int4)
        {
            if (!Array.TrueForAll(piece, float.IsFinite))
            {
                throw new WeightException(part.Name);
            }

            RandomAccess.Write(file, MemoryMarshal.AsBytes(piece.AsSpan()), tensor.Offset + ((long)row * columns * sizeof(float)));
            return;
        }

        int rows = piece.Length / columns;
        int blocks = tensor.Blocks;
        byte[] nibbles = new byte[piece.Length / 2];
        float[] scales = new float[rows * blocks];
        bool finite = true;
        Parallel.For(0, rows, i =>
        {
            if (!Int4Block.Quantize(
                piece.AsSpan(i * columns, columns), nibbles.AsSpan(i * columns / 2, columns / 2), scales.AsSpan(i * blocks, blocks)))
            {
                Volatile.Write(ref finite, false);
            }
        });
        if (!finite)
        {
            throw new WeightException(part.Name);
        }

        RandomAccess.Write(file, nibbles, tensor.Offset + ((long)row * blocks * Int4Block.Bytes));
        RandomAccess.Write(file, MemoryMarshal.AsBytes(scales.AsSpan()), tensor.ScalesOffset + ((long)row * blocks * sizeof(float)));
    }
}
