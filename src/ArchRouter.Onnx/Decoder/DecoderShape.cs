using Microsoft.ML.OnnxRuntime.Tensors;

namespace ArchRouter.Onnx;

/// <summary>The sizes and kinds of what goes into a decoder's graph and comes out.</summary>
/// <param name="Config">The folder's description.</param>
/// <param name="CacheType">Float or Float16.</param>
/// <param name="LogitsType">Float or Float16.</param>
/// <param name="LastLogitsOnly">Whether the graph gives logits of the last token only, however many went in.</param>
/// <param name="SharedCache">Whether past and present are one buffer.</param>
internal sealed record DecoderShape(GenAIConfig Config, TensorElementType CacheType, TensorElementType LogitsType, bool LastLogitsOnly, bool SharedCache)
{
    /// <summary>The bytes of one layer's keys or values for one token.</summary>
    public long CacheBytesPerToken => (long)Config.KeyValueHeads * Config.HeadSize * SizeOf(CacheType);

    /// <summary>
    /// The bytes of a place with all its buffers: for each token of its context the keys and values of all layers (twice where the graph cannot
    /// share past and present), its id, its position and its place in the mask; and one row of logits.
    /// </summary>
    public long BytesOfPlace(int contextLength) =>
        (contextLength * ((CacheBytesPerToken * Config.Layers * 2 * (SharedCache ? 1 : 2)) + (3 * sizeof(long)) + sizeof(int)))
        + ((long)Config.VocabularySize * sizeof(float));

    /// <summary>The bytes that one run at a time needs for what the graph gives out.</summary>
    public long BytesOfLogits(int chunk) => (long)(LastLogitsOnly ? 1 : chunk) * Config.VocabularySize * SizeOf(LogitsType);

    public static int SizeOf(TensorElementType type) => type == TensorElementType.Float16 ? sizeof(ushort) : sizeof(float);
}
