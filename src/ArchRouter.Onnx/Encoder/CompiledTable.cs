using System.Numerics.Tensors;

namespace ArchRouter.Onnx;

/// <summary>The vectors of a policy set, one after the other.</summary>
internal sealed class CompiledTable(float[] vectors, int dimensions)
{
    /// <summary>Puts the vectors of a set together.</summary>
    public static CompiledTable Of(PolicySet policies, PolicyVectors policyVectors, int dimensions, CancellationToken cancellationToken)
    {
        float[] vectors = new float[policies.Count * dimensions];
        for (int i = 0; i < policies.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
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
