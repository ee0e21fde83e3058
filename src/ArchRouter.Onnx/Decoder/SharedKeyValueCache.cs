using Microsoft.ML.OnnxRuntime;

namespace ArchRouter.Onnx;

/// <summary>One buffer of the full length for each layer's keys and one for its values, bound as past and as present: a run appends in place.</summary>
/// <remarks>
/// The graph learns from the attention mask how much of a buffer counts, so rewinding is a matter of the next run's mask. A run that was
/// stopped has written past the end of the sequence at most.
/// </remarks>
internal sealed class SharedKeyValueCache : IKeyValueCache
{
    private readonly List<NativeBuffer> _buffers = [];
    private readonly List<OrtValue> _values = [];

    public SharedKeyValueCache(DecoderShape shape, int contextLength, OrtIoBinding binding)
    {
        long[] dimensions = [1, shape.Config.KeyValueHeads, contextLength, shape.Config.HeadSize];
        foreach ((string past, string present) in shape.Config.Names.Caches(shape.Config.Layers))
        {
            var buffer = new NativeBuffer(shape.CacheBytesPerToken * contextLength);
            _buffers.Add(buffer);
            OrtValue value = buffer.Tensor(shape.CacheType, DecoderShape.SizeOf(shape.CacheType), dimensions);
            _values.Add(value);
            binding.BindInput(past, value);
            binding.BindOutput(present, value);
        }
    }

    public void Bind(OrtIoBinding binding, int past, int added)
    {
    }

    public void Keep(int past, int added)
    {
    }

    public void Rewind(int from, int to)
    {
    }

    public void Dispose()
    {
        _values.ForEach(value => value.Dispose());
        _buffers.ForEach(buffer => buffer.Dispose());
    }
}
