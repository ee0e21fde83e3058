using System.Numerics.Tensors;
using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>Reads the last row of the logits: a pass gives one for each of its tokens, or the last only if the graph was built so.</summary>
internal static class LastLogits
{
    /// <summary>The output's name; the library ends the process when asked for one that is not there.</summary>
    public const string Output = "logits";

    /// <exception cref="InvalidOperationException">The tensor is no logits of the vocabulary, or holds what is not a finite number.</exception>
    public static void Read(ITensor tensor, Span<float> logits)
    {
        IReadOnlyList<long> shape = tensor.Shape;
        if (shape is not [1, > 0, var vocabulary] || vocabulary != logits.Length || tensor.Numbers == TensorNumbers.Other)
        {
            throw new InvalidOperationException(
                $"The router model gave logits of shape [{string.Join(", ", shape)}] ({tensor.Numbers}); [1, tokens, {logits.Length}] in single or half precision was expected.");
        }

        // Long prompts with a large vocabulary pass the length of a span in bytes, not in numbers.
        int start = checked((int)((shape[1] - 1) * vocabulary));
        if (tensor.Numbers == TensorNumbers.Half)
        {
            TensorPrimitives.ConvertToSingle(tensor.Read<Half>().Slice(start, logits.Length), logits);
        }
        else
        {
            tensor.Read<float>().Slice(start, logits.Length).CopyTo(logits);
        }

        if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(logits)))
        {
            throw new InvalidOperationException(DecoderPlace.NotFinite);
        }
    }
}
