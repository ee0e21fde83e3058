namespace ArchRouter.Onnx;

/// <summary>
/// The symmetric 4-bit code of MatMulNBits: 32 weights share a scale; each is a nibble less 8, times the scale; the earlier of two weights lies in the low nibble.
/// </summary>
internal static class Int4Block
{
    /// <summary>How many weights share a scale.</summary>
    public const int Size = 32;

    /// <summary>How many bytes their nibbles take.</summary>
    public const int Bytes = Size / 2;

    private const int Zero = 8;
    private const int Most = 15;

    /// <summary>Codes a row of whole blocks.</summary>
    /// <returns>Whether all weights were finite.</returns>
    public static bool Quantize(ReadOnlySpan<float> row, Span<byte> nibbles, Span<float> scales)
    {
        for (int block = 0; block < scales.Length; block++)
        {
            if (!Quantize(row.Slice(block * Size, Size), nibbles.Slice(block * Bytes, Bytes), out scales[block]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Quantize(ReadOnlySpan<float> block, Span<byte> nibbles, out float scale)
    {
        float extreme = 0;
        float size = 0;
        bool finite = true;
        foreach (float weight in block)
        {
            float magnitude = MathF.Abs(weight);
            finite &= magnitude <= float.MaxValue;
            if (magnitude > size)
            {
                size = magnitude;
                extreme = weight;
            }
        }

        // The code reaches from -8 to 7, so the scale takes the sign that puts the largest weight at -8, where it is exact.
        scale = extreme / -Zero;
        float reciprocal = scale == 0 ? 0 : 1 / scale;
        for (int i = 0; i < nibbles.Length; i++)
        {
            nibbles[i] = (byte)(Code(block[2 * i] * reciprocal) | (Code(block[(2 * i) + 1] * reciprocal) << 4));
        }

        return finite;
    }

    private static int Code(float scaled) => Math.Clamp((int)(scaled + Zero + 0.5f), 0, Most);
}
