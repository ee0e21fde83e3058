namespace ArchRouter.Onnx;

/// <summary>The cosines and sines by which positions turn queries and keys.</summary>
internal static class RotaryCache
{
    /// <summary>Fills the row of a position: one value for each pair of a head's elements.</summary>
    public static void Fill(int position, double theta, bool sine, Span<float> row)
    {
        // In 32 bits throughout, as models are trained: in 64 the angles of late positions come out otherwise.
        for (int i = 0; i < row.Length; i++)
        {
            float frequency = 1 / (float)Math.Pow(theta, (float)i / row.Length);
            float angle = position * frequency;
            row[i] = sine ? (float)Math.Sin(angle) : (float)Math.Cos(angle);
        }
    }
}
