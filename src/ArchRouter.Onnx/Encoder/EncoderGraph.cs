using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ArchRouter.Onnx;

/// <summary>What goes into an encoder's graph and what comes out.</summary>
internal static class EncoderGraph
{
    private const string Fix = "Export the model with inputs input_ids and attention_mask and outputs embedding and other.";

    public static readonly string[] Inputs = ["input_ids", "attention_mask"];

    public static readonly string[] Outputs = ["embedding", "other"];

    /// <summary>Compares a loaded graph with what the engine feeds and reads.</summary>
    public static void Check(InferenceSession session, EncoderDescription description, ModelFolderReport report)
    {
        foreach (string name in Inputs)
        {
            Expect(session.InputMetadata, "input", name, TensorElementType.Int64, [1, -1], description, report);
        }

        Expect(session.OutputMetadata, "output", Outputs[0], TensorElementType.Float, [1, description.Dimensions], description, report);
        Expect(session.OutputMetadata, "output", Outputs[1], TensorElementType.Float, [1], description, report);
        foreach (string extra in session.InputMetadata.Keys.Except(Inputs))
        {
            report.Add(description.ModelFile, $"The graph has an input '{extra}' that this engine does not fill.", Fix);
        }
    }

    // In a shape, -1 stands for a length that changes; where a number is expected, a free dimension will do.
    private static void Expect(
        IReadOnlyDictionary<string, NodeMetadata> all, string what, string name, TensorElementType type, int[] shape, EncoderDescription description, ModelFolderReport report)
    {
        if (!all.TryGetValue(name, out NodeMetadata? found))
        {
            report.Add(description.ModelFile, $"The graph has no {what} '{name}'; it has {string.Join(", ", all.Keys)}.", Fix);
        }
        else if (!found.IsTensor || found.ElementDataType != type
            || found.Dimensions.Length != shape.Length || found.Dimensions.Zip(shape).Any(pair => pair.First != -1 && pair.First != pair.Second))
        {
            string actual = found.IsTensor ? $"{found.ElementDataType} [{string.Join(", ", found.Dimensions)}]" : found.OnnxValueType.ToString();
            report.Add(description.ModelFile, $"The graph's {what} '{name}' is {actual}; {type} [{string.Join(", ", shape)}] was expected (-1: any length).", Fix);
        }
    }
}
