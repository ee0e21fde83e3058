using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ArchRouter.Onnx.Tests;

/// <summary>Runs a decoder's folder in the plainest way: the whole prompt at once, with an empty past.</summary>
internal sealed class PlainRun : IDisposable
{
    private readonly InferenceSession _session;

    public PlainRun(string folder)
    {
        OrtTelemetry.TurnOff();
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new(Path.Combine(folder, "model.onnx"), options);
    }

    public float[] LastLogits(long[] ids)
    {
        var inputs = new Dictionary<string, OrtValue>();
        foreach ((string name, NodeMetadata node) in _session.InputMetadata)
        {
            inputs[name] = name switch
            {
                "position_ids" => OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, ids.Length).Select(i => (long)i).ToArray(), [1, ids.Length]),
                _ when node.ElementDataType == TensorElementType.Float16 => OrtValue.CreateTensorValueFromMemory(Array.Empty<Float16>(), [1, node.Dimensions[1], 0, HeadSize]),
                "input_ids" => OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]),
                "attention_mask" => OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, ids.Length).ToArray(), [1, ids.Length]),
                _ => OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), [1, node.Dimensions[1], 0, HeadSize]),
            };
        }

        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, inputs, ["logits"]);
        int vocabulary = (int)outputs[0].GetTensorTypeAndShape().Shape[^1];
        float[] logits = outputs[0].GetTensorTypeAndShape().ElementDataType == TensorElementType.Float16
            ? Array.ConvertAll(outputs[0].GetTensorDataAsSpan<Float16>()[^vocabulary..].ToArray(), logit => (float)logit)
            : outputs[0].GetTensorDataAsSpan<float>()[^vocabulary..].ToArray();
        foreach (OrtValue input in inputs.Values)
        {
            input.Dispose();
        }

        return logits;
    }

    public required int HeadSize { get; init; }

    public void Dispose() => _session.Dispose();
}
