using Microsoft.ML.OnnxRuntime;

namespace ArchRouter.Onnx;

/// <summary>The buffers of one run at a time, made once and bound to ONNX Runtime values, so that a run allocates next to nothing.</summary>
internal sealed class EncoderSlot : IDisposable
{
    private readonly long[] _mask;
    private readonly OrtValue?[] _idsByLength;
    private readonly OrtValue?[] _maskByLength;
    private readonly OrtValue[] _inputs = new OrtValue[2];
    private readonly OrtValue[] _outputs;

    public EncoderSlot(int maxTokens, int dimensions)
    {
        Ids = new long[maxTokens];
        _mask = new long[maxTokens];
        Array.Fill(_mask, 1);
        Embedding = new float[dimensions];
        Other = new float[1];
        _idsByLength = new OrtValue?[maxTokens + 1];
        _maskByLength = new OrtValue?[maxTokens + 1];
        _outputs =
        [
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, Embedding.AsMemory(), [1, dimensions]),
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, Other.AsMemory(), [1]),
        ];

        // Errors come as exceptions; without this a cancelled run would also write to the console.
        Options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    }

    public long[] Ids { get; }

    public float[] Embedding { get; }

    public float[] Other { get; }

    public RunOptions Options { get; }

    /// <summary>Runs on the first ids of the buffer.</summary>
    public void Run(InferenceSession session, int length)
    {
        _inputs[0] = _idsByLength[length] ??= Bind(Ids, length);
        _inputs[1] = _maskByLength[length] ??= Bind(_mask, length);
        session.Run(Options, EncoderGraph.Inputs, _inputs, EncoderGraph.Outputs, _outputs);
    }

    public void Dispose()
    {
        Options.Dispose();
        foreach (OrtValue? value in _idsByLength.Concat(_maskByLength).Concat(_outputs))
        {
            value?.Dispose();
        }
    }

    private static OrtValue Bind(long[] buffer, int length) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, length), [1, length]);
}
