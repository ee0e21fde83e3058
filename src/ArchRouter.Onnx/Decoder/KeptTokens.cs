namespace ArchRouter.Onnx;

/// <summary>The tokens of a place, and which of them a new prompt need not read again.</summary>
/// <remarks>
/// Logits depend in their last digits on how a prompt was cut into runs, and quantized graphs turn last digits into much more. So that a
/// decision depends on nothing but its prompt, whatever came before, a prompt is always cut alike: in chunks from its start to the end of its
/// stable part, and in chunks from there; and tokens are kept only up to such a cut.
/// </remarks>
internal sealed class KeptTokens(int capacity, int chunk)
{
    private readonly int[] _tokens = new int[capacity];
    private int _stable;
    private int _prompt;

    /// <summary>The length of the sequence.</summary>
    public int Length { get; private set; }

    /// <summary>The length of the prompt, as far as it has been read.</summary>
    public int Prompt => _prompt;

    /// <summary>The length that a prompt can be begun from.</summary>
    public int Reusable(ReadOnlySpan<int> prompt, int stable)
    {
        int common = prompt.CommonPrefixLength(_tokens.AsSpan(0, _prompt));
        return stable == _stable && common >= stable
            ? stable + Whole(common - stable)
            : Whole(Math.Min(common, Math.Min(stable, _stable)));
    }

    /// <summary>Whether the stable part of a prompt was begun here and not finished, because the request was stopped.</summary>
    public bool HasBegun(ReadOnlySpan<int> prompt, int stable) =>
        stable == _stable && _prompt > 0 && _prompt < stable && prompt.StartsWith(_tokens.AsSpan(0, _prompt));

    /// <summary>How many tokens the next run of a prompt takes.</summary>
    public int NextRun(int promptLength, int stable)
    {
        int segmentEnd = Length < stable ? stable : promptLength;
        return Math.Min(chunk, segmentEnd - Length);
    }

    /// <summary>Cuts back to where a prompt can be begun from.</summary>
    public void Begin(int length, int stable)
    {
        Length = _prompt = length;
        _stable = stable;
    }

    /// <summary>Takes in more of the prompt.</summary>
    public void AddPrompt(ReadOnlySpan<int> tokens)
    {
        AddAnswer(tokens);
        _prompt = Length;
    }

    /// <summary>How many tokens of an answer are there already.</summary>
    public int CommonAnswer(ReadOnlySpan<int> answer) => answer.CommonPrefixLength(_tokens.AsSpan(_prompt, Length - _prompt));

    public void AddAnswer(ReadOnlySpan<int> tokens)
    {
        tokens.CopyTo(_tokens.AsSpan(Length));
        Length += tokens.Length;
    }

    /// <summary>Cuts the answer back.</summary>
    public void CutAnswer(int answerLength) => Length = _prompt + answerLength;

    private int Whole(int tokens) => tokens - (tokens % chunk);
}
