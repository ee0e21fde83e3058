namespace ArchRouter.Onnx;

/// <summary>A model folder cannot be used. Carries every problem that could be known at once, not only the first.</summary>
public sealed class ModelFolderException : Exception
{
    /// <summary>Makes the exception from the problems found.</summary>
    /// <param name="problems">The problems; at least one.</param>
    /// <param name="innerException">The error that showed the last of them, if there was one.</param>
    /// <exception cref="ArgumentException"><paramref name="problems"/> is empty.</exception>
    public ModelFolderException(IReadOnlyList<ModelFolderProblem> problems, Exception? innerException = null)
        : base(Describe(problems), innerException) => Problems = [.. problems];

    /// <summary>Every problem found.</summary>
    public IReadOnlyList<ModelFolderProblem> Problems { get; }

    /// <summary>The full path of the file (or folder) with the first problem.</summary>
    public string FilePath => Problems[0].FilePath;

    private static string Describe(IReadOnlyList<ModelFolderProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (problems.Count == 0)
        {
            throw new ArgumentException("There is no problem to report.", nameof(problems));
        }

        string count = problems.Count == 1 ? "1 problem" : $"{problems.Count} problems";
        return $"The model folder cannot be used ({count}):{Environment.NewLine}- {string.Join($"{Environment.NewLine}- ", problems)}";
    }
}
