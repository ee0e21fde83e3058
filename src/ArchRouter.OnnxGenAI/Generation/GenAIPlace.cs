using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>The one sequence that a model has here, within what its provider can do.</summary>
internal sealed class GenAIPlace(GeneratorSlot slot, ProviderTraits traits, int contextLength, int vocabularySize, int chunk) : ITokenModel, IDisposable
{
    private readonly KeptTokens _kept = new(contextLength, chunk);
    private readonly float[] _logits = new float[vocabularySize];
    private int[] _prompt = [];
    private int _stable;

    public int VocabularySize => vocabularySize;

    public int ContextLength => contextLength;

    public ReadOnlySpan<float> Start(ReadOnlySpan<int> prompt, int stable, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(prompt.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prompt.Length, ContextLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)stable, (uint)prompt.Length);
        _prompt = prompt.ToArray();
        _stable = stable;
        return Pass([], Reusable(prompt, stable), cancellationToken);
    }

    public ReadOnlySpan<float> Continue(ReadOnlySpan<int> answer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(answer.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(answer.Length, ContextLength - _prompt.Length);
        if (_kept.Prompt < _prompt.Length)
        {
            throw new InvalidOperationException("A new start is needed after a pass that was stopped or failed.");
        }

        // The logits of a token come only with a pass of it.
        int common = Math.Min(_kept.CommonAnswer(answer), answer.Length - 1);
        bool goesOn = _kept.Prompt + common == _kept.Length ? traits.Appends : traits.RewindsPart;
        return Pass(answer, goesOn ? _kept.Prompt + common : 0, cancellationToken);
    }

    public void Dispose() => slot.Dispose();

    private int Reusable(ReadOnlySpan<int> prompt, int stable)
    {
        if (!traits.RewindsPart)
        {
            return 0;
        }

        int reusable = _kept.Reusable(prompt, stable);
        return reusable < prompt.Length ? reusable : _kept.Reusable(prompt[..^1], Math.Min(stable, prompt.Length - 1));
    }

    /// <summary>Reads prompt and answer from where the sequence is cut to.</summary>
    private ReadOnlySpan<float> Pass(ReadOnlySpan<int> answer, int cut, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            Cut(cut);
            if (traits.Appends)
            {
                ReadPrompt(cancellationToken);
                ReadAnswer(answer, cancellationToken);
            }
            else
            {
                ReadWhole(answer);
            }

            slot.ReadLogits(_logits);
            return _logits;
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch
        {
            // What is kept may be spoilt.
            slot.Discard();
            _kept.Begin(0, 0);
            throw;
        }
    }

    private void Cut(int length)
    {
        if (length < _kept.Length)
        {
            slot.Rewind(length);
        }

        if (length >= _prompt.Length)
        {
            _kept.CutAnswer(length - _kept.Prompt);
        }
        else
        {
            _kept.Begin(length, _stable);
        }
    }

    private void ReadPrompt(CancellationToken cancellationToken)
    {
        while (_kept.Length < _prompt.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> tokens = _prompt.AsSpan(_kept.Length, _kept.NextRun(_prompt.Length, _stable));
            slot.Append(tokens);
            _kept.AddPrompt(tokens);
        }
    }

    private void ReadAnswer(ReadOnlySpan<int> answer, CancellationToken cancellationToken)
    {
        while (_kept.Length < _prompt.Length + answer.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int done = _kept.Length - _prompt.Length;
            ReadOnlySpan<int> tokens = answer.Slice(done, Math.Min(chunk, answer.Length - done));
            slot.Append(tokens);
            _kept.AddAnswer(tokens);
        }
    }

    private void ReadWhole(ReadOnlySpan<int> answer)
    {
        slot.Append([.. _prompt, .. answer]);
        _kept.AddPrompt(_prompt);
        _kept.AddAnswer(answer);
    }
}
