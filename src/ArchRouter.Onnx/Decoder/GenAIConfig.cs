namespace ArchRouter.Onnx;

/// <summary>What a folder's <c>genai_config.json</c> says of its decoder.</summary>
/// <param name="ModelFile">The graph, relative to the folder.</param>
/// <param name="VocabularySize">How many tokens the model knows.</param>
/// <param name="ContextLength">The longest sequence that the model was made for.</param>
/// <param name="EndTokens">The tokens that end an answer.</param>
/// <param name="Layers">How many layers keep keys and values.</param>
/// <param name="KeyValueHeads">Heads of keys and values in a layer.</param>
/// <param name="HeadSize">Numbers in a head.</param>
/// <param name="Names">What the graph's inputs and outputs are called.</param>
internal sealed record GenAIConfig(
    string ModelFile,
    int VocabularySize,
    int ContextLength,
    IReadOnlyList<int> EndTokens,
    int Layers,
    int KeyValueHeads,
    int HeadSize,
    DecoderNames Names)
{
    /// <summary>The name of the file itself.</summary>
    public const string FileName = "genai_config.json";
}
