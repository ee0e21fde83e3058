using Microsoft.ML.OnnxRuntime;

namespace ArchRouter.Onnx;

/// <summary>For graphs that write the whole cache anew in each run: two buffers for each layer's keys and values, which change places.</summary>
internal sealed class CopiedKeyValueCache : IKeyValueCache
{
    private readonly DecoderShape _shape;
    private readonly (string Past, string Present)[] _names;
    private readonly OrtValue?[] _bound;
    private NativeBuffer[] _past;
    private NativeBuffer[] _present;

    public CopiedKeyValueCache(DecoderShape shape, int contextLength)
    {
        _shape = shape;
        _names = [.. shape.Config.Names.Caches(shape.Config.Layers)];
        _bound = new OrtValue?[_names.Length * 2];
        _past = Allocate(contextLength);
        _present = Allocate(contextLength);
    }

    public void Bind(OrtIoBinding binding, int past, int added)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            binding.BindInput(_names[i].Past, Tensor(2 * i, _past[i], past));
            binding.BindOutput(_names[i].Present, Tensor((2 * i) + 1, _present[i], past + added));
        }
    }

    public void Keep(int past, int added) => (_past, _present) = (_present, _past);

    /// <summary>Heads lie one after the other, each as long as the sequence, so cutting moves all heads but the first.</summary>
    public void Rewind(int from, int to)
    {
        long token = (long)_shape.Config.HeadSize * DecoderShape.SizeOf(_shape.CacheType);
        foreach (NativeBuffer buffer in _past)
        {
            for (int head = 1; head < _shape.Config.KeyValueHeads && to > 0; head++)
            {
                buffer.Move(head * from * token, head * to * token, to * token);
            }
        }
    }

    public void Dispose()
    {
        Array.ForEach(_bound, value => value?.Dispose());
        Array.ForEach(_past, buffer => buffer.Dispose());
        Array.ForEach(_present, buffer => buffer.Dispose());
    }

    private OrtValue Tensor(int slot, NativeBuffer buffer, int length)
    {
        _bound[slot]?.Dispose();
        return _bound[slot] = buffer.Tensor(
            _shape.CacheType, DecoderShape.SizeOf(_shape.CacheType), [1, _shape.Config.KeyValueHeads, length, _shape.Config.HeadSize]);
    }

    private NativeBuffer[] Allocate(int contextLength) =>
        [.. _names.Select(_ => new NativeBuffer(_shape.CacheBytesPerToken * contextLength))];
}
