namespace ArchRouter.Onnx.Tests;

/// <summary>
/// The engine against the reference implementation. Nearly every number is within the narrow tolerance. The graph rounds activations to
/// int8, and on another processor a value that lies at the edge between two steps may fall to the other side; hence the wide one.
/// </summary>
public sealed class EncoderGoldenTests
{
    private const double EmbeddingTolerance = 1e-3;
    private const double WorstEmbedding = 0.02;
    private const double LogitTolerance = 0.02;
    private const double WorstLogit = 0.2;
    private const double ProbabilityTolerance = 2e-3;
    private const double WorstProbability = 0.03;

    [Fact]
    public void Fixture_HoldsEveryCase()
    {
        Assert.Equal(38, GoldenFile.Instance.Cases.Length);
        Assert.Equal(GoldenFile.Instance.Model, Bundled.Engine.ModelId);
    }

    [Fact]
    public void ConversationText_EqualsReferenceByteForByte() => Assert.All(GoldenFile.Instance.Cases, golden =>
    {
        var buffer = new TextBuffer(16);
        ConversationText.Write(golden.Conversation, Bundled.Limits, ref buffer);
        string text = buffer.Text.ToString();
        buffer.Dispose();

        Assert.Equal(golden.QueryText, text);
    });

    [Fact]
    public void PolicyText_EqualsReferenceByteForByte() => Assert.All(GoldenFile.Instance.Cases, golden =>
        Assert.Equal(golden.Policies.Select(policy => policy.Text), golden.PolicySet.Select(PolicyText.Of)));

    [Fact]
    public void Embed_EqualsReference()
    {
        var texts = new Closeness(EmbeddingTolerance, WorstEmbedding);
        var others = new Closeness(LogitTolerance, WorstLogit);
        foreach (GoldenCase golden in GoldenFile.Instance.Cases)
        {
            texts.Add(Distance(golden.QueryEmbedding, Bundled.Engine.Embed(golden.QueryText, out float other).Span));
            others.Add(Math.Abs(golden.OtherLogit - other));
            foreach (GoldenPolicy policy in golden.Policies)
            {
                texts.Add(Distance(policy.EmbeddingFirst8, Bundled.Engine.Embed(policy.Text).Span[..8]));
            }
        }

        texts.Check();
        others.Check();
    }

    [Fact]
    public async Task ScoreAsync_EqualsReference()
    {
        var probabilities = new Closeness(ProbabilityTolerance, WorstProbability);
        var logits = new Closeness(LogitTolerance, WorstLogit);
        foreach (GoldenCase golden in GoldenFile.Instance.Cases)
        {
            PolicyScores scores = await Bundled.Engine.ScoreAsync(new RouterRequest(golden.PolicySet, golden.Conversation));

            double[] all = [.. scores.Probabilities, scores.Other];
            Assert.Equal(RouterTier.Encoder, scores.Tier);
            Assert.Equal(GoldenFile.Instance.Model, scores.EngineId);
            Assert.Equal(golden.Probabilities.Length, all.Length);
            Assert.Equal(Array.IndexOf(golden.Probabilities, golden.Probabilities.Max()), Array.IndexOf(all, all.Max()));
            for (int i = 0; i < all.Length; i++)
            {
                probabilities.Add(Math.Abs(golden.Probabilities[i] - all[i]));

                // Logits are compared through what softmax keeps of them: their distance from that of other.
                logits.Add(Math.Abs(golden.Logits[i] - golden.Logits[^1] - Math.Log(all[i] / scores.Other)));
            }
        }

        probabilities.Check();
        logits.Check();
    }

    private static double Distance(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i] - actual[i]));
        }

        return largest;
    }

    /// <summary>Nearly all distances within a tolerance, and none beyond a wider one.</summary>
    private sealed class Closeness(double tolerance, double worst)
    {
        private const double Share = 0.95;
        private readonly List<double> _distances = [];

        public void Add(double distance) => _distances.Add(distance);

        public void Check()
        {
            Assert.InRange(_distances.Max(), 0, worst);
            Assert.InRange(_distances.Count(distance => distance <= tolerance) / (double)_distances.Count, Share, 1);
        }
    }
}
