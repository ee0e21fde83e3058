using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;

namespace ArchRouter.Onnx;

/// <summary>An encoder on ONNX Runtime: one session for all callers, one set of buffers for each run at a time.</summary>
/// <remarks>Texts run one at a time: the int8 graph scales activations per run, so that a text's vector would depend on its neighbours in a batch.</remarks>
internal sealed class OnnxTextEncoder(InferenceSession session, WordPieceTokenizer tokenizer, EncoderDescription description) : ITextEncoder
{
    private readonly ConcurrentBag<EncoderSlot> _idle = [];
    private int _runsBegun;

    /// <summary>How many runs have gone into the graph so far, for tests.</summary>
    public int RunsBegun => Volatile.Read(ref _runsBegun);

    public float Encode(ReadOnlySpan<char> text, Span<float> embedding, CancellationToken cancellationToken)
    {
        EncoderSlot slot = Rent();
        try
        {
            int length = tokenizer.Encode(text, slot.Ids);
            Run(slot, length, cancellationToken);
            slot.Embedding.CopyTo(embedding);
            return slot.Other[0];
        }
        finally
        {
            _idle.Add(slot);
        }
    }

    /// <summary>Runs on given ids instead of a text.</summary>
    internal float Run(ReadOnlySpan<long> ids, Span<float> embedding)
    {
        EncoderSlot slot = Rent();
        try
        {
            ids.CopyTo(slot.Ids);
            Run(slot, ids.Length, CancellationToken.None);
            slot.Embedding.CopyTo(embedding);
            return slot.Other[0];
        }
        finally
        {
            _idle.Add(slot);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out EncoderSlot? slot))
        {
            slot.Dispose();
        }

        session.Dispose();
    }

    private EncoderSlot Rent() => _idle.TryTake(out EncoderSlot? slot) ? slot : new EncoderSlot(description.MaxTokens, description.Dimensions);

    private void Run(EncoderSlot slot, int length, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Disposing the registration waits for a callback under way, so that it cannot hit the slot's next run.
            using (cancellationToken.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, slot.Options))
            {
                Interlocked.Increment(ref _runsBegun);
                slot.Run(session, length);
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
                slot.Options.Terminate = false;
            }
        }
    }
}
