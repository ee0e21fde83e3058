using System.Text.Json.Nodes;

namespace ArchRouter.Docs.Tests.Notebooks;

/// <summary>A cell of a notebook file.</summary>
internal sealed class NotebookCell(JsonObject json)
{
    public bool IsCode => (string?)json["cell_type"] == "code";

    public string Source => TextOf(json["source"]);

    /// <summary>The kernel that Polyglot Notebooks runs the cell with.</summary>
    public string? Kernel => (string?)json["metadata"]?["polyglot_notebook"]?["kernelName"];

    public IReadOnlyList<CellOutput> Outputs => [.. json["outputs"]!.AsArray().Select(output => Read(output!.AsObject()))];

    public void Save(int execution, IEnumerable<CellOutput> outputs)
    {
        json["execution_count"] = execution;
        json["outputs"] = new JsonArray([.. outputs.Select(Write)]);
    }

    private static CellOutput Read(JsonObject output)
    {
        if ((string?)output["output_type"] == "stream")
        {
            return new(null, TextOf(output["text"]));
        }

        KeyValuePair<string, JsonNode?> data = output["data"]!.AsObject().Single();
        return new(data.Key, TextOf(data.Value));
    }

    private static JsonObject Write(CellOutput output) => output.MimeType is null
        ? new() { ["name"] = "stdout", ["output_type"] = "stream", ["text"] = Lines(output.Text) }
        : new() { ["data"] = new JsonObject { [output.MimeType] = Lines(output.Text) }, ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };

    private static string TextOf(JsonNode? node) => node is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)node ?? "";

    private static JsonArray Lines(string text)
    {
        string[] lines = text.Split('\n');
        return new([.. lines.Select((line, i) => i < lines.Length - 1 ? line + "\n" : line).Where(line => line.Length > 0).Select(line => (JsonNode)line)]);
    }
}
