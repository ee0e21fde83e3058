using System.Buffers;

namespace ArchRouter.Onnx;

/// <summary>A loaded model with everything that its engines share: the places to run, the queue, the compiled tables.</summary>
internal sealed class EncoderRuntime
{
    private const int UsualText = 4096;
    private readonly Lifetime _lifetime;

    public EncoderRuntime(ITextEncoder encoder, EncoderDescription description, EncoderOptions options)
    {
        Encoder = encoder;
        _lifetime = new Lifetime(encoder.Dispose);
        Description = description;
        Gate = new RequestGate(options.MaxConcurrency, options.MaxQueue);
        var vectors = new PolicyVectors(encoder, description.Dimensions);
        Tables = new CompiledTables(
            options.CompiledTables,
            (policies, beforeEach, closing) => CompiledTable.Of(policies, vectors, description.Dimensions, beforeEach, closing),
            Gate,
            _lifetime);
    }

    public ITextEncoder Encoder { get; }

    public EncoderDescription Description { get; }

    public RequestGate Gate { get; }

    public CompiledTables Tables { get; }

    /// <summary>Completes when the model has been released.</summary>
    public Task Released => _lifetime.Released;

    /// <summary>Scores on the calling thread.</summary>
    public PolicyScores Score(RouterRequest request, CompiledTable table, CancellationToken cancellationToken)
    {
        int dimensions = Description.Dimensions;
        int policies = request.Policies.Count;
        float[] embedding = ArrayPool<float>.Shared.Rent(dimensions);
        double[] logits = ArrayPool<double>.Shared.Rent(policies);
        var text = new TextBuffer(UsualText);
        try
        {
            ConversationText.Write(request.Conversation, Description.Window, ref text);
            double other = Encoder.Encode(text.Text, embedding.AsSpan(0, dimensions), cancellationToken) / Description.Temperature;
            Span<double> scores = logits.AsSpan(0, policies);
            table.Compare(embedding.AsSpan(0, dimensions), scores);
            double factor = Description.Scale / Description.Temperature;
            foreach (ref double score in scores)
            {
                score *= factor;
            }

            return PolicyScores.FromLogits(request.Policies, scores, other, Description.Id, RouterTier.Encoder);
        }
        finally
        {
            text.Dispose();
            ArrayPool<double>.Shared.Return(logits);
            ArrayPool<float>.Shared.Return(embedding);
        }
    }

    /// <summary>Embeds a text as it stands, on the calling thread.</summary>
    public float[] Embed(string text, out float other)
    {
        float[] embedding = new float[Description.Dimensions];
        other = Encoder.Encode(text, embedding, CancellationToken.None);
        return embedding;
    }

    /// <summary>Releases the model once nothing runs on it.</summary>
    public void Close() => _ = _lifetime.Close();
}
