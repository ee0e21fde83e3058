using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ArchRouter.Onnx;

/// <summary>Writes random weights straight in their stored form, sized so that activations neither vanish nor explode.</summary>
internal sealed class SyntheticWeights(GenAIShape shape, int seed, SafeFileHandle file)
{
    private const int PieceLength = 1 << 20;

    // The spread of nibbles that are drawn evenly.
    private const float NibbleSpread = 4.6f;

    // Makes some tokens clearly likelier than others, as in a trained model.
    private const float HeadSpread = 3;

    public void Write(GenAIPlan plan)
    {
        foreach (PlannedTensor tensor in plan.Tensors)
        {
            ulong state = Seed(tensor.Name);
            switch (tensor.Kind)
            {
                case TensorKind.Int4:
                    Pieces(tensor.Offset, tensor.Length, sizeof(ulong), piece => Random(piece, ref state));
                    float head = tensor.Rows == shape.Vocabulary ? HeadSpread : 1;
                    float scale = head / (NibbleSpread * MathF.Sqrt(tensor.Columns));
                    Pieces(tensor.ScalesOffset, tensor.ScalesLength, sizeof(float), piece => Scales(piece, scale, ref state));
                    break;
                case TensorKind.Cosine or TensorKind.Sine:
                    float[] row = new float[tensor.Columns];
                    int position = 0;
                    Pieces(tensor.Offset, tensor.Length, row.Length * sizeof(float), piece => Rotary(piece, row, tensor.Kind == TensorKind.Sine, ref position));
                    break;
                case TensorKind.Norm:
                    Pieces(tensor.Offset, tensor.Length, sizeof(float), piece => MemoryMarshal.Cast<byte, float>(piece).Fill(1));
                    break;
                default:
                    Pieces(tensor.Offset, tensor.Length, sizeof(float), piece => Scales(piece, 0.1f, ref state));
                    break;
            }
        }
    }

    /// <summary>Every weight has its own start, so that the order of writing does not matter.</summary>
    private ulong Seed(string name) => name.Aggregate((ulong)seed, (state, letter) => (state ^ letter) * 0x100000001B3);

    private delegate void Filler(Span<byte> piece);

    private void Pieces(long offset, long length, int unit, Filler fill)
    {
        byte[] piece = new byte[Math.Min(PieceLength / unit * unit, length)];
        for (long done = 0; done < length; done += piece.Length)
        {
            Span<byte> bytes = piece.AsSpan(0, (int)Math.Min(piece.Length, length - done));
            fill(bytes);
            RandomAccess.Write(file, bytes, offset + done);
        }
    }

    private static void Random(Span<byte> piece, ref ulong state)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(piece);
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Next(ref state);
        }
    }

    /// <summary>Values of either sign near a size: nibbles lean below zero by half a step, and the signs even that out.</summary>
    private static void Scales(Span<byte> piece, float size, ref ulong state)
    {
        Span<float> values = MemoryMarshal.Cast<byte, float>(piece);
        for (int i = 0; i < values.Length; i++)
        {
            ulong word = Next(ref state);
            float value = size * (0.75f + (0.5f * (word >> 40) / (1 << 24)));
            values[i] = (word & 1) == 0 ? value : -value;
        }
    }

    private void Rotary(Span<byte> piece, float[] row, bool sine, ref int position)
    {
        Span<float> values = MemoryMarshal.Cast<byte, float>(piece);
        for (int i = 0; i < values.Length; i += row.Length)
        {
            RotaryCache.Fill(position++, shape.RopeTheta, sine, row);
            row.CopyTo(values[i..]);
        }
    }

    // SplitMix64: a few operations for 16 nibbles.
    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong word = state;
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
        return word ^ (word >> 31);
    }
}
