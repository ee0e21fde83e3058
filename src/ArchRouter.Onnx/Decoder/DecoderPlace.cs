using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ArchRouter.Onnx;

/// <summary>One sequence on a decoder: its tokens, and what the model has computed of them.</summary>
internal sealed class DecoderPlace(DecoderSession decoder) : ITokenModel, IDisposable
{
    internal const string NotFinite = "The router model gave a logit that is not a finite number; its weights are damaged, or it overflows in half precision.";

    private readonly KeptTokens _kept = new(decoder.ContextLength, decoder.Chunk);
    private readonly float[] _logits = new float[decoder.Shape.Config.VocabularySize];

    // Made at the first use: a place that is never needed takes next to nothing.
    private DecoderRun? _run;

    public int VocabularySize => _logits.Length;

    public int ContextLength => decoder.ContextLength;

    /// <summary>When the place was used last, in the order of uses; 0 is never.</summary>
    public long LastUse { get; set; }

    /// <summary>How many tokens have been run so far, for measurements and tests.</summary>
    public long TokensRun { get; private set; }

    /// <summary>How many tokens at the start of a prompt need not be read again.</summary>
    public int Reusable(ReadOnlySpan<int> prompt, int stable) => _kept.Reusable(prompt, stable);

    /// <summary>Whether the stable part of a prompt was begun here and not finished.</summary>
    public bool HasBegun(ReadOnlySpan<int> prompt, int stable) => _kept.HasBegun(prompt, stable);

    public ReadOnlySpan<float> Start(ReadOnlySpan<int> prompt, int stable, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(prompt.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prompt.Length, ContextLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)stable, (uint)prompt.Length);

        // The logits of a token come only with a run of it.
        int reusable = _kept.Reusable(prompt, stable);
        if (reusable == prompt.Length)
        {
            reusable = _kept.Reusable(prompt[..^1], Math.Min(stable, prompt.Length - 1));
        }

        Rewind(reusable);
        _kept.Begin(reusable, stable);
        NativeBuffer logits = decoder.RentLogits();
        try
        {
            int added = 0;
            while (_kept.Length < prompt.Length)
            {
                added = _kept.NextRun(prompt.Length, stable);
                ReadOnlySpan<int> tokens = prompt.Slice(_kept.Length, added);
                Run(tokens, logits, cancellationToken);
                _kept.AddPrompt(tokens);
            }

            return Read(logits, added);
        }
        finally
        {
            decoder.ReturnLogits(logits);
        }
    }

    public ReadOnlySpan<float> Continue(ReadOnlySpan<int> answer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(answer.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(answer.Length, ContextLength - _kept.Prompt);
        int common = Math.Min(_kept.CommonAnswer(answer), answer.Length - 1);
        Rewind(_kept.Prompt + common);
        _kept.CutAnswer(common);
        NativeBuffer logits = decoder.RentLogits();
        try
        {
            int added = 0;
            for (int done = common; done < answer.Length; done += added)
            {
                added = Math.Min(decoder.Chunk, answer.Length - done);
                ReadOnlySpan<int> tokens = answer.Slice(done, added);
                Run(tokens, logits, cancellationToken);
                _kept.AddAnswer(tokens);
            }

            return Read(logits, added);
        }
        finally
        {
            decoder.ReturnLogits(logits);
        }
    }

    /// <summary>Forgets the sequence, so that the next prompt is read from its start.</summary>
    public void Forget() => _kept.Begin(0, 0);

    public void Dispose() => _run?.Dispose();

    private void Rewind(int length)
    {
        if (length < _kept.Length)
        {
            _run!.Rewind(_kept.Length, length);
        }
    }

    private void Run(ReadOnlySpan<int> tokens, NativeBuffer logits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _run ??= new DecoderRun(decoder);
        try
        {
            // Disposing the registration waits for a callback under way, so that it cannot hit the place's next run.
            using (cancellationToken.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _run.Options))
            {
                _run.Append(_kept.Length, tokens, logits);
            }
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _run.Options.Terminate = false;
            }
        }

        TokensRun += tokens.Length;
    }

    private ReadOnlySpan<float> Read(NativeBuffer logits, int tokens)
    {
        long offset = decoder.Shape.LastLogitsOnly ? 0 : (long)(tokens - 1) * _logits.Length;
        if (decoder.Shape.LogitsType == TensorElementType.Float16)
        {
            TensorPrimitives.ConvertToSingle(logits.Span<Half>(offset, _logits.Length), _logits);
        }
        else
        {
            logits.Span<float>(offset, _logits.Length).CopyTo(_logits);
        }

        if (!float.IsFinite(TensorPrimitives.MaxMagnitude(_logits)))
        {
            // What is kept of the sequence may be spoilt as well.
            Forget();
            throw new InvalidOperationException(NotFinite);
        }

        return _logits;
    }
}
