namespace ArchRouter.Onnx;

/// <summary>Gathers the problems of a model folder while it is read.</summary>
internal sealed class ModelFolderReport(string folder)
{
    private readonly List<ModelFolderProblem> _problems = [];
    private Exception? _cause;

    public string Folder => folder;

    public bool IsClean => _problems.Count == 0;

    public string PathOf(string file) => Path.Combine(folder, file);

    public void Add(string file, string message, string fix, Exception? cause = null)
    {
        _problems.Add(new(PathOf(file), message, fix));
        _cause = cause ?? _cause;
    }

    public void ThrowIfAny()
    {
        if (!IsClean)
        {
            throw new ModelFolderException(_problems, _cause);
        }
    }
}
