using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ArchRouter.Onnx;

/// <summary>Free-running generation: the likeliest token, again and again, until the model ends. What a router model is used like elsewhere, to measure against.</summary>
internal static class GreedyDecoder
{
    /// <returns>The tokens of the answer, without the one that ends it.</returns>
    public static IReadOnlyList<int> Generate(
        ITokenModel model, ReadOnlySpan<int> prompt, IReadOnlyCollection<int> endTokens, int mostTokens, CancellationToken cancellationToken)
    {
        List<int> answer = [];
        int next = TensorPrimitives.IndexOfMax(model.Start(prompt, 0, cancellationToken));
        while (!endTokens.Contains(next))
        {
            answer.Add(next);
            if (answer.Count >= mostTokens || prompt.Length + answer.Count >= model.ContextLength)
            {
                break;
            }

            next = TensorPrimitives.IndexOfMax(model.Continue(CollectionsMarshal.AsSpan(answer), cancellationToken));
        }

        return answer;
    }
}
