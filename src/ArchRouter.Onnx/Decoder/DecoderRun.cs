using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ArchRouter.Onnx;

/// <summary>The inputs of one place's runs, made once; what changes between runs is which part of them is bound.</summary>
internal sealed class DecoderRun : IDisposable
{
    private readonly DecoderSession _decoder;
    private readonly NativeBuffer _ids;
    private readonly NativeBuffer _mask;
    private readonly NativeBuffer _positions;
    private readonly IKeyValueCache _cache;

    public DecoderRun(DecoderSession decoder)
    {
        int length = decoder.ContextLength;
        _decoder = decoder;
        _ids = new NativeBuffer((long)length * sizeof(long));
        _mask = new NativeBuffer((long)length * sizeof(long));
        _positions = new NativeBuffer((long)length * sizeof(long));
        _mask.Span<long>(0, length).Fill(1);
        Span<long> positions = _positions.Span<long>(0, length);
        for (int i = 0; i < length; i++)
        {
            positions[i] = i;
        }

        Binding = decoder.Session.CreateIoBinding();
        _cache = decoder.Shape.SharedCache ? new SharedKeyValueCache(decoder.Shape, length, Binding) : new CopiedKeyValueCache(decoder.Shape, length);

        // Errors come as exceptions; without this a cancelled run would also write to the console.
        Options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    }

    public OrtIoBinding Binding { get; }

    public RunOptions Options { get; }

    /// <summary>Appends tokens to a sequence of a given length. If it throws, the sequence is as it was.</summary>
    /// <param name="past">The length of the sequence so far.</param>
    /// <param name="tokens">The tokens, no more than a chunk.</param>
    /// <param name="logits">Receives the logits as the graph gives them, or <see langword="null"/> to leave them where they were bound.</param>
    public void Append(int past, ReadOnlySpan<int> tokens, NativeBuffer? logits)
    {
        DecoderNames names = _decoder.Shape.Config.Names;
        Span<long> ids = _ids.Span<long>(0, tokens.Length);
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = tokens[i];
        }

        using OrtValue idsValue = Int64(_ids, tokens.Length);
        using OrtValue maskValue = Int64(_mask, past + tokens.Length);
        using OrtValue? positionsValue = names.Positions is null ? null : Int64(_positions, tokens.Length, past);
        using OrtValue? logitsValue = logits is null ? null : Logits(logits, tokens.Length);
        Binding.BindInput(names.Ids, idsValue);
        Binding.BindInput(names.Mask, maskValue);
        if (positionsValue is not null)
        {
            Binding.BindInput(names.Positions, positionsValue);
        }

        if (logitsValue is not null)
        {
            Binding.BindOutput(names.Logits, logitsValue);
        }

        _cache.Bind(Binding, past, tokens.Length);
        _decoder.Session.RunWithBinding(Options, Binding);
        _cache.Keep(past, tokens.Length);
    }

    public void Rewind(int from, int to) => _cache.Rewind(from, to);

    public void Dispose()
    {
        Binding.Dispose();
        Options.Dispose();
        _cache.Dispose();
        _ids.Dispose();
        _mask.Dispose();
        _positions.Dispose();
    }

    private OrtValue Logits(NativeBuffer buffer, int tokens)
    {
        DecoderShape shape = _decoder.Shape;
        return buffer.Tensor(shape.LogitsType, DecoderShape.SizeOf(shape.LogitsType), [1, shape.LastLogitsOnly ? 1 : tokens, shape.Config.VocabularySize]);
    }

    private static OrtValue Int64(NativeBuffer buffer, int length, int offset = 0) =>
        buffer.Tensor(TensorElementType.Int64, sizeof(long), [1, length], (long)offset * sizeof(long));
}
