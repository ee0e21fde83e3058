namespace ArchRouter.Onnx;

/// <summary>Embeds each policy once, however many sets it is in: callers may be limited to any selection of a table's policies.</summary>
/// <remarks>Thread-safe. The ones used last are kept. Two who ask for a new policy at the same time both embed it.</remarks>
internal sealed class PolicyVectors(ITextEncoder encoder, int dimensions, int capacity = PolicyVectors.UsualCapacity)
{
    // 1.5 kB each for the bundled encoder.
    private const int UsualCapacity = 2048;
    private readonly BoundedCache<string, float[]> _vectors = new(capacity);

    public float[] Of(RoutePolicy policy, CancellationToken cancellationToken)
    {
        string text = PolicyText.Of(policy);
        if (!_vectors.TryGet(text, out float[]? vector))
        {
            vector = new float[dimensions];
            encoder.Encode(text, vector, cancellationToken);
            _vectors.Set(text, vector);
        }

        return vector;
    }
}
