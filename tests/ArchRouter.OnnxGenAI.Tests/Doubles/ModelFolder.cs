using System.Text.Json.Nodes;

namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>A copy of a recorded folder, built for DirectML, in a temporary place.</summary>
internal sealed class ModelFolder : IDisposable
{
    public ModelFolder()
    {
        foreach (string file in Directory.GetFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", "tiny-qwen2-int4-dml")))
        {
            File.WriteAllBytes(File_(System.IO.Path.GetFileName(file)), File.ReadAllBytes(file));
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("archrouter-").FullName;

    public string File_(string name) => System.IO.Path.Combine(Path, name);

    public void Configure(Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(File_("genai_config.json")))!;
        change(json);
        File.WriteAllText(File_("genai_config.json"), json.ToJsonString());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
