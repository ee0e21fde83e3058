namespace ArchRouter.Onnx.Tests;

/// <summary>The engine against the reference implementation. Kernels differ between processors in the last digits of the int8 graph.</summary>
public sealed class EncoderGoldenTests
{
    private const float EmbeddingTolerance = 1e-3f;
    private const double LogitTolerance = 2e-2;
    private const double ProbabilityTolerance = 5e-3;

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
    public void Embed_EqualsReference() => Assert.All(GoldenFile.Instance.Cases, golden =>
    {
        Near(golden.QueryEmbedding, Bundled.Engine.Embed(golden.QueryText, out float other).Span);
        Assert.Equal(golden.OtherLogit, other, LogitTolerance);
        foreach (GoldenPolicy policy in golden.Policies)
        {
            Near(policy.EmbeddingFirst8, Bundled.Engine.Embed(policy.Text).Span[..8]);
        }
    });

    [Fact]
    public async Task ScoreAsync_EqualsReference()
    {
        foreach (GoldenCase golden in GoldenFile.Instance.Cases)
        {
            PolicyScores scores = await Bundled.Engine.ScoreAsync(new RouterRequest(golden.PolicySet, golden.Conversation));

            double[] all = [.. scores.Probabilities, scores.Other];
            Assert.Equal(RouterTier.Encoder, scores.Tier);
            Assert.Equal(GoldenFile.Instance.Model, scores.EngineId);
            Assert.Equal(golden.Probabilities.Length, all.Length);
            for (int i = 0; i < all.Length; i++)
            {
                Assert.Equal(golden.Probabilities[i], all[i], ProbabilityTolerance);

                // Logits are compared through what softmax keeps of them: their distance from that of other.
                Assert.Equal(golden.Logits[i] - golden.Logits[^1], Math.Log(all[i] / scores.Other), 2 * LogitTolerance);
            }
        }
    }

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], EmbeddingTolerance);
        }
    }
}
