namespace ArchRouter.Onnx;

/// <summary>One problem in a model folder: which file, what was expected and found, and how to mend it.</summary>
/// <param name="FilePath">The full path of the file, or of the folder where that is the problem.</param>
/// <param name="Message">What was expected and what was found.</param>
/// <param name="Fix">How to mend it.</param>
public sealed record ModelFolderProblem(string FilePath, string Message, string Fix)
{
    /// <inheritdoc/>
    public override string ToString() => $"{FilePath}: {Message} {Fix}";
}
