namespace ArchRouter.Onnx;

/// <summary>What an encoder's <c>router.json</c> says of its model.</summary>
/// <param name="Id">Names the model in every answer.</param>
/// <param name="ModelFile">The graph, relative to the folder.</param>
/// <param name="TokenizerFile">The vocabulary, relative to the folder.</param>
/// <param name="Dimensions">The length of an embedding.</param>
/// <param name="MaxTokens">The most tokens of a text that the model reads, special tokens included.</param>
/// <param name="Scale">What the cosine of a conversation and a policy is multiplied with.</param>
/// <param name="Temperature">What every logit is divided by, that of <c>other</c> too: it calibrates and never changes the winner.</param>
/// <param name="Window">How much of a conversation is read.</param>
/// <param name="Hashes">SHA-256 in lower-case hexadecimal by file name.</param>
internal sealed record EncoderDescription(
    string Id,
    string ModelFile,
    string TokenizerFile,
    int Dimensions,
    int MaxTokens,
    double Scale,
    double Temperature,
    ConversationLimits Window,
    IReadOnlyDictionary<string, string> Hashes)
{
    /// <summary>The name of the file itself.</summary>
    public const string FileName = "router.json";
}
