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
    /// <param name="row">The weights.</param>
    /// <param name="nibbles">Takes the codes.</param>
    /// <param name="scales">Takes the scales.</param>
    /// <param name="half">Whether the scales will be kept in half precision. They are rounded to it here, for the codes must fit what is kept.</param>
    public static void Quantize(ReadOnlySpan<float> row, Span<byte> nibbles, Span<float> scales, bool half)
    {
        for (int block = 0; block < scales.Length; block++)
        {
            ReadOnlySpan<float> weights = row.Slice(block * Size, Size);
            scales[block] = Scale(weights, half);
            Quantize(weights, nibbles.Slice(block * Bytes, Bytes), scales[block]);
        }
    }

    private static float Scale(ReadOnlySpan<float> block, bool half)
    {
        float extreme = 0;
        float size = 0;
        foreach (float weight in block)
        {
            float magnitude = MathF.Abs(weight);

            // Of two that are as large the negative one: the builder's choice, and such pairs are common where weights come in 16 bits.
            if (magnitude > size || (magnitude == size && weight < 0))
            {
                size = magnitude;
                extreme = weight;
            }
        }

        // The code reaches from -8 to 7, so the scale takes the sign that puts the largest weight at -8, where it is exact.
        float scale = extreme / -Zero;
        return half ? (float)(Half)scale : scale;
    }

    private static void Quantize(ReadOnlySpan<float> block, Span<byte> nibbles, float scale)
    {
        float reciprocal = scale == 0 ? 0 : 1 / scale;
        for (int i = 0; i < nibbles.Length; i++)
        {
            nibbles[i] = (byte)(Code(block[2 * i] * reciprocal) | (Code(block[(2 * i) + 1] * reciprocal) << 4));
        }
    }

    private static int Code(float scaled) => Math.Clamp((int)(scaled + Zero + 0.5f), 0, Most);
}
