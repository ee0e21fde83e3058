namespace ArchRouter.Onnx.Tests;

/// <summary>A token model without a model: the test says which logits follow a sequence, and may wait or fail there.</summary>
/// <param name="vocabulary">The length of the logits.</param>
/// <param name="logits">The logit of a token after a sequence.</param>
internal sealed class ScriptedTokenModel(int vocabulary, Func<IReadOnlyList<int>, int, float> logits) : ITokenModel
{
    private int[] _prompt = [];

    public int VocabularySize => vocabulary;

    public int ContextLength { get; init; } = 4096;

    /// <summary>Called before each pass.</summary>
    public Action<CancellationToken>? OnPass { get; init; }

    /// <summary>The sequences that the model was asked to go on with.</summary>
    public List<int[]> Asked { get; } = [];

    public ReadOnlySpan<float> Start(ReadOnlySpan<int> prompt, int stable, CancellationToken cancellationToken)
    {
        Assert.InRange(stable, 0, prompt.Length);
        _prompt = prompt.ToArray();
        return Pass(_prompt, cancellationToken);
    }

    public ReadOnlySpan<float> Continue(ReadOnlySpan<int> answer, CancellationToken cancellationToken)
    {
        Assert.NotEqual(0, answer.Length);
        return Pass([.. _prompt, .. answer], cancellationToken);
    }

    private float[] Pass(int[] tokens, CancellationToken cancellationToken)
    {
        Assert.InRange(tokens.Length, 1, ContextLength);
        OnPass?.Invoke(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Asked.Add(tokens);
        return [.. Enumerable.Range(0, vocabulary).Select(token => logits(tokens, token))];
    }
}
