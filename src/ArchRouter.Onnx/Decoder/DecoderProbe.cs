using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ArchRouter.Onnx;

/// <summary>Runs a decoder at load to find what its description and its graph's shapes do not show.</summary>
internal static class DecoderProbe
{
    private const int ContextLength = 8;

    // What the first run looks like, and a later one of several tokens.
    private static readonly int[] First = [0, 0];
    private static readonly int[] Second = [0, 0, 0];

    /// <returns>The shape with what the runs have shown, or <see langword="null"/> if there are problems.</returns>
    public static DecoderShape? Check(InferenceSession session, DecoderShape shape, ModelFolderReport report)
    {
        string file = shape.Config.ModelFile;
        try
        {
            // The session is the loader's; nothing else here needs releasing.
            var probe = new DecoderSession(session, shape, ContextLength, ContextLength);
            using var run = new DecoderRun(probe);
            Append(run, 0, First, shape);
            Append(run, First.Length, Second, shape);
            return Read(run, shape, report);
        }
        catch (OnnxRuntimeException error)
        {
            report.Add(file, $"The graph cannot be run: {error.Message}", $"Check that {GenAIConfig.FileName} belongs to the graph, and build the folder again.", error);
            return null;
        }
    }

    // Bound anew for each run, because a binding to a device keeps the value of the run before, and with it the shape.
    private static void Append(DecoderRun run, int past, int[] tokens, DecoderShape shape)
    {
        run.Binding.BindOutputToDevice(shape.Config.Names.Logits, OrtMemoryInfo.DefaultInstance);
        run.Append(past, tokens, logits: null);
    }

    private static DecoderShape? Read(DecoderRun run, DecoderShape shape, ModelFolderReport report)
    {
        int index = run.Binding.GetOutputNames().ToList().IndexOf(shape.Config.Names.Logits);
        using IDisposableReadOnlyCollection<OrtValue> outputs = run.Binding.GetOutputValues();
        long[] found = outputs[index].GetTensorTypeAndShape().Shape;
        if (found is not [1, 1 or 3, _] || found[2] != shape.Config.VocabularySize)
        {
            report.Add(
                shape.Config.ModelFile,
                $"The graph gives logits of shape [{string.Join(", ", found)}] for {Second.Length} tokens; [1, {Second.Length} or 1, {shape.Config.VocabularySize}] was expected.",
                $"Use the {GenAIConfig.FileName} that belongs to the graph.");
            return null;
        }

        if (!AreFinite(outputs[index], shape))
        {
            report.Add(
                shape.Config.ModelFile,
                "The graph gives logits that are not finite numbers.",
                "Fetch or build the model folder again; its weights are damaged, or it overflows in half precision.");
            return null;
        }

        return shape with { LastLogitsOnly = found[1] == 1 };
    }

    /// <summary>Looks at the last token's logits, the ones that are used.</summary>
    private static bool AreFinite(OrtValue logits, DecoderShape shape)
    {
        int count = shape.Config.VocabularySize;
        if (shape.LogitsType == TensorElementType.Float16)
        {
            ReadOnlySpan<Half> halves = MemoryMarshal.Cast<Float16, Half>(logits.GetTensorDataAsSpan<Float16>());
            return Half.IsFinite(TensorPrimitives.MaxMagnitude(halves[^count..]));
        }

        return float.IsFinite(TensorPrimitives.MaxMagnitude(logits.GetTensorDataAsSpan<float>()[^count..]));
    }
}
