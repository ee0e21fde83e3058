using System.Globalization;

namespace ArchRouter.Onnx;

/// <summary>The names of a decoder graph's inputs and outputs; those of a layer are patterns with <c>%d</c> for its number.</summary>
/// <param name="Ids">The tokens.</param>
/// <param name="Mask">The attention mask.</param>
/// <param name="Positions">The positions of the tokens, or <see langword="null"/> where the graph counts for itself.</param>
/// <param name="PastKeys">A layer's keys so far.</param>
/// <param name="PastValues">A layer's values so far.</param>
/// <param name="Logits">The logits.</param>
/// <param name="PresentKeys">A layer's keys with the new ones.</param>
/// <param name="PresentValues">A layer's values with the new ones.</param>
internal sealed record DecoderNames(
    string Ids,
    string Mask,
    string? Positions,
    string PastKeys,
    string PastValues,
    string Logits,
    string PresentKeys,
    string PresentValues)
{
    /// <summary>The names of every layer's keys, then values: past and present in pairs.</summary>
    public IEnumerable<(string Past, string Present)> Caches(int layers)
    {
        for (int i = 0; i < layers; i++)
        {
            yield return (Of(PastKeys, i), Of(PresentKeys, i));
            yield return (Of(PastValues, i), Of(PresentValues, i));
        }
    }

    private static string Of(string pattern, int layer) => pattern.Replace("%d", layer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
