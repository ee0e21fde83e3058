using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ArchRouter.Docs.Tests.Notebooks;

/// <summary>A notebook file in the format of Jupyter.</summary>
internal sealed class Notebook
{
    private static readonly JsonSerializerOptions AsJupyterWrites = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly JsonObject _json;

    private Notebook(string file, JsonObject json)
    {
        File = file;
        _json = json;
        Cells = [.. json["cells"]!.AsArray().Select(cell => new NotebookCell(cell!.AsObject()))];
    }

    /// <summary>The path from the root of the repository.</summary>
    public string File { get; }

    public string Name => Path.GetFileNameWithoutExtension(File);

    public string? KernelName => (string?)_json["metadata"]?["kernelspec"]?["name"];

    public IReadOnlyList<NotebookCell> Cells { get; }

    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.IsCode);

    public static IEnumerable<string> Files => Repository.Files(Repository.PathOf("notebooks"), "*.ipynb").Order(StringComparer.Ordinal);

    public static Notebook Load(string file) => Parse(file, System.IO.File.ReadAllText(Repository.PathOf(file)));

    public static Notebook Parse(string file, string json) => new(file, JsonNode.Parse(json)!.AsObject());

    public void Save() => System.IO.File.WriteAllText(Repository.PathOf(File), _json.ToJsonString(AsJupyterWrites).ReplaceLineEndings("\n") + "\n");
}
