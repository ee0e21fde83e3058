using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ArchRouter.Onnx;

/// <summary>Compares a decoder's graph with its description.</summary>
internal static class DecoderGraph
{
    private const string Fix = "Use the graph and the genai_config.json of one model, as ONNX Runtime GenAI's model builder writes them.";

    /// <returns>The shape as far as the graph tells it, or <see langword="null"/> if there are problems.</returns>
    public static DecoderShape? Check(InferenceSession session, GenAIConfig config, OnnxContents contents, ModelFolderReport report)
    {
        var found = new Finder(config.ModelFile, report);
        DecoderNames names = config.Names;
        HashSet<string> filled = [names.Ids, names.Mask];
        found.Tensor(session.InputMetadata, "input", names.Ids, [TensorElementType.Int64], [-1, -1]);
        found.Tensor(session.InputMetadata, "input", names.Mask, [TensorElementType.Int64], [-1, -1]);
        if (names.Positions is not null)
        {
            filled.Add(names.Positions);
            found.Tensor(session.InputMetadata, "input", names.Positions, [TensorElementType.Int64], [-1, -1]);
        }

        TensorElementType[] numbers = [TensorElementType.Float, TensorElementType.Float16];
        TensorElementType logits = found.Tensor(session.OutputMetadata, "output", names.Logits, numbers, [-1, -1, config.VocabularySize]);
        TensorElementType cache = numbers[0];
        int[] layer = [-1, config.KeyValueHeads, -1, config.HeadSize];
        foreach ((string past, string present) in names.Caches(config.Layers))
        {
            filled.Add(past);
            cache = found.Tensor(session.InputMetadata, "input", past, numbers, layer);
            found.Tensor(session.OutputMetadata, "output", present, [cache], layer);
        }

        foreach (string extra in session.InputMetadata.Keys.Where(name => !filled.Contains(name)))
        {
            report.Add(config.ModelFile, $"The graph has an input '{extra}' that {GenAIConfig.FileName} does not account for.", Fix);
        }

        return report.IsClean ? new DecoderShape(config, cache, logits, LastLogitsOnly: false, contents.CanShareCache) : null;
    }

    private sealed class Finder(string file, ModelFolderReport report)
    {
        // In a shape, -1 stands for a length that changes; where a number is expected, a free dimension will do.
        public TensorElementType Tensor(
            IReadOnlyDictionary<string, NodeMetadata> all, string what, string name, TensorElementType[] types, int[] shape)
        {
            if (!all.TryGetValue(name, out NodeMetadata? found))
            {
                report.Add(file, $"The graph has no {what} '{name}'; it has {Some(all.Keys)}.", Fix);
                return types[0];
            }

            if (!found.IsTensor || !types.Contains(found.ElementDataType) || found.Dimensions.Length != shape.Length
                || found.Dimensions.Zip(shape).Any(pair => pair.First >= 0 && pair.Second >= 0 && pair.First != pair.Second))
            {
                string actual = found.IsTensor ? $"{found.ElementDataType} [{string.Join(", ", found.Dimensions)}]" : found.OnnxValueType.ToString();
                report.Add(file, $"The graph's {what} '{name}' is {actual}; {string.Join(" or ", types)} [{string.Join(", ", shape)}] was expected (-1: any length).", Fix);
                return types[0];
            }

            return found.ElementDataType;
        }

        // A decoder has hundreds; the ones of the first layer tell enough.
        private static string Some(IEnumerable<string> names)
        {
            const int Shown = 6;
            string[] all = [.. names];
            return string.Join(", ", all.Take(Shown)) + (all.Length > Shown ? $" and {all.Length - Shown} more" : "");
        }
    }
}
