using System.Numerics.Tensors;

namespace ArchRouter.Onnx;

/// <summary>The vectors of a policy set, one after the other.</summary>
internal sealed class CompiledTable(float[] vectors, int dimensions)
{
    /// <summary>Embeds every policy.</summary>
    public static CompiledTable Of(PolicySet policies, ITextEncoder encoder, int dimensions, CancellationToken cancellationToken)
    {
        float[] vectors = new float[policies.Count * dimensions];
        for (int i = 0; i < policies.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            encoder.Encode(PolicyText.Of(policies[i]), vectors.AsSpan(i * dimensions, dimensions), cancellationToken);
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
