using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;

namespace ArchRouter.Onnx;

/// <summary>A loaded decoder: the session that all places share, and the buffers that only a run in progress needs.</summary>
internal sealed class DecoderSession(InferenceSession session, DecoderShape shape, int contextLength, int chunk) : IDisposable
{
    private readonly ConcurrentBag<NativeBuffer> _idleLogits = [];

    public InferenceSession Session => session;

    public DecoderShape Shape => shape;

    /// <summary>The longest sequence of a place.</summary>
    public int ContextLength => contextLength;

    /// <summary>The most tokens of one run. Longer sequences take several, between which a request can be stopped.</summary>
    public int Chunk => chunk;

    /// <summary>Lends room for the logits of one run; a graph that was not pruned gives them for each token, which for large vocabularies is a lot.</summary>
    public NativeBuffer RentLogits() => _idleLogits.TryTake(out NativeBuffer? buffer) ? buffer : new NativeBuffer(shape.BytesOfLogits(chunk));

    public void ReturnLogits(NativeBuffer buffer) => _idleLogits.Add(buffer);

    public void Dispose()
    {
        while (_idleLogits.TryTake(out NativeBuffer? buffer))
        {
            buffer.Dispose();
        }

        session.Dispose();
    }
}
