using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>The ids of the tokens that begin, end and pad a sequence.</summary>
/// <param name="Begin">The token that begins one.</param>
/// <param name="End">The tokens that end one; at least one.</param>
/// <param name="Pad">The token that fills.</param>
internal sealed record ControlTokens(int Begin, IReadOnlyList<int> End, int Pad)
{
    /// <summary>The file that overrules <c>config.json</c>, where there is one.</summary>
    public const string GenerationFile = "generation_config.json";

    /// <returns>The ids, or <see langword="null"/> if there are problems.</returns>
    public static ControlTokens? Read(JsonElement config, JsonElement generation, GenAIShape shape, ModelFolderReport report)
    {
        IReadOnlyList<int>? end = generation.Wholes("eos_token_id") ?? config.Wholes("eos_token_id");
        if (end is null)
        {
            report.Add(HuggingFaceConfig.FileName, "'eos_token_id' is missing: nothing says where an answer ends.", $"Fetch {HuggingFaceConfig.FileName} and {GenerationFile} again.");
            return null;
        }

        int begin = generation.Whole("bos_token_id") ?? config.Whole("bos_token_id") ?? end[0];
        int pad = generation.Whole("pad_token_id") ?? config.Whole("pad_token_id") ?? end[0];
        int outside = end.Append(begin).Append(pad).Where(id => id < 0 || id >= shape.Vocabulary).DefaultIfEmpty(-1).Max();
        if (end.Append(begin).Append(pad).Any(id => id < 0 || id >= shape.Vocabulary))
        {
            report.Add(HuggingFaceConfig.FileName, $"A control token has id {outside}, but the vocabulary has {shape.Vocabulary} entries.", "Take the files of one checkpoint.");
            return null;
        }

        return new(begin, end, pad);
    }
}
