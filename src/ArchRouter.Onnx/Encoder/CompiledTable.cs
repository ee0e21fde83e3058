using System.Numerics.Tensors;

namespace ArchRouter.Onnx;

/// <summary>The vectors of a policy set, one after the other.</summary>
internal sealed class CompiledTable(float[] vectors, int dimensions)
{
    /// <summary>Puts the vectors of a set together.</summary>
    /// <param name="policies">The set.</param>
    /// <param name="policyVectors">Where the vectors come from.</param>
    /// <param name="dimensions">The length of a vector.</param>
    /// <param name="beforeEach">Called before each policy; stops by throwing.</param>
    /// <param name="cancellationToken">Stops in the middle of one.</param>
    public static CompiledTable Of(PolicySet policies, PolicyVectors policyVectors, int dimensions, Action beforeEach, CancellationToken cancellationToken)
    {
        float[] vectors = new float[policies.Count * dimensions];
        for (int i = 0; i < policies.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            beforeEach();
            policyVectors.Of(policies[i], cancellationToken).CopyTo(vectors, i * dimensions);
        }

        return new CompiledTable(vectors, dimensions);
    }

    /// <summary>The cosine of a conversation with each policy; all vectors have unit length.</summary>
    public void Compare(ReadOnlySpan<float> conversation, Span<double> cosines)
    {
        for (int i = 0; i < cosines.Length; i++)
        {
            cosines[i] = TensorPrimitives.Dot(conversation, vectors.AsSpan(i * dimensions, dimensions));
        }
    }
}
