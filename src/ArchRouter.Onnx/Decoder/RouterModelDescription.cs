namespace ArchRouter.Onnx;

/// <summary>What the <c>router.json</c> of a router model says; the file may be missing, for only we know it.</summary>
/// <param name="Id">Names the model in every answer; without a file the folder's name.</param>
/// <param name="Layout">The prompt layout, or <see langword="null"/> if it is left to the options.</param>
/// <param name="Temperature">What logits are divided by, so that probabilities mean what they say; 1 if not given.</param>
internal sealed record RouterModelDescription(string Id, string? Layout, double Temperature)
{
    /// <summary>The name of the file itself.</summary>
    public const string FileName = "router.json";
}
