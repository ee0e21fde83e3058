namespace ArchRouter.Onnx;

/// <summary>How <see cref="ModelConverter"/> writes a folder.</summary>
/// <remarks>Read once when the conversion begins; later changes are not observed.</remarks>
public sealed class ModelConverterOptions
{
    /// <summary>What will run the model. Default: <see cref="ModelTarget.Cpu"/>.</summary>
    public ModelTarget Target { get; set; }

    /// <summary>
    /// Whether the graph gives logits of the last token only, which is all that a router asks for: reading a prompt of a 1.5B model takes about a
    /// seventh fewer operations, and no room for the others' logits. <see langword="false"/> gives what the builder of ONNX Runtime GenAI gives by default, for uses that
    /// score whole texts or batches of unequal length. Default: <see langword="true"/>.
    /// </summary>
    public bool LastLogitsOnly { get; set; } = true;

    /// <summary>
    /// The prompt layout that the model was trained on, such as <c>arch-router-card</c> or <c>compact</c>. It is written to the folder's <c>router.json</c>, so that engines
    /// need not be told; in a checkpoint that has such a file it takes the place of the layout there. <see langword="null"/>, the default, leaves the file as it is.
    /// </summary>
    public string? Layout { get; set; }

    internal ModelConverterOptions CheckedCopy()
    {
        List<string> problems = [];
        if (!Enum.IsDefined(Target))
        {
            problems.Add($"{nameof(Target)} is {Target}; use {string.Join(" or ", Enum.GetNames<ModelTarget>())}.");
        }

        if (Layout is not null && !PromptLayouts.Ids.Contains(Layout))
        {
            problems.Add($"{nameof(Layout)} is '{Layout}'; use one of {string.Join(", ", PromptLayouts.Ids)}.");
        }

        return problems.Count == 0
            ? (ModelConverterOptions)MemberwiseClone()
            : throw new ArgumentException($"The converter options are not valid: {string.Join(" ", problems)}");
    }
}
