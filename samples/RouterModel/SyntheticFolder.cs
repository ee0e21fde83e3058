using ArchRouter.Onnx;

namespace RouterModel;

/// <summary>A small router model with random weights in a temporary folder, so that the sample runs without a download.</summary>
internal sealed class SyntheticFolder : IDisposable
{
    private const int TokenizerEntries = 1024;

    private SyntheticFolder(string path) => Path = path;

    public string Path { get; }

    public static SyntheticFolder Create()
    {
        SyntheticFolder folder = new(System.IO.Path.Combine(Directory.CreateTempSubdirectory("archrouter-").FullName, "synthetic-router"));
        GenAIShape shape = GenAIShape.Qwen25Of1500M with
        {
            Layers = 6,
            Hidden = 512,
            Heads = 8,
            HeadSize = 64,
            Intermediate = 1408,
            Vocabulary = TokenizerEntries,
            Context = 4096,
            LastLogitsOnly = true,
        };
        SyntheticModel.Create(folder.Path, shape, System.IO.Path.Combine(AppContext.BaseDirectory, "synthetic", "tokenizer.json"));
        return folder;
    }

    public void Dispose() => Directory.Delete(Directory.GetParent(Path)!.FullName, recursive: true);
}
