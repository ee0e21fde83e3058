using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Finds the weights of a checkpoint folder and checks that they are those that a plan needs.</summary>
internal static class CheckpointReader
{
    private const string SingleName = "model.safetensors";
    private const string IndexName = "model.safetensors.index.json";

    /// <returns>The weights, or <see langword="null"/> if there are problems.</returns>
    public static Checkpoint? Read(GenAIPlan plan, GenAIShape shape, ModelFolderReport report)
    {
        var entries = new Dictionary<string, SafetensorsEntry>();
        foreach (string file in Files(report))
        {
            foreach ((string name, SafetensorsEntry entry) in SafetensorsHeader.Read(file, report))
            {
                if (!entries.TryAdd(name, entry))
                {
                    report.Add(file, $"The tensor '{name}' is in {entries[name].File} too.", "Keep the files of one checkpoint only.");
                }
            }
        }

        if (report.IsClean)
        {
            Check(plan, shape, entries, report);
        }

        return report.IsClean ? new(report.Folder, entries) : null;
    }

    private static string[] Files(ModelFolderReport report)
    {
        if (File.Exists(report.PathOf(SingleName)))
        {
            return [SingleName];
        }

        if (!File.Exists(report.PathOf(IndexName)))
        {
            report.Add(SingleName, $"The weights are missing: neither {SingleName} nor {IndexName} is there.", "Fetch the checkpoint in safetensors form.");
            return [];
        }

        try
        {
            using JsonDocument document = UnicodeJson.Parse(JsonFile.Read(report.PathOf(IndexName)));
            return document.RootElement.Find("weight_map") is { ValueKind: JsonValueKind.Object } map
                ? Files(map, report)
                : Nothing("It has no 'weight_map', the object that names a file for each tensor.", report);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            report.Add(IndexName, $"The list of weight files cannot be read: {error.Message}", "Fetch the file again.", error);
            return [];
        }
    }

    private static string[] Files(JsonElement map, ModelFolderReport report)
    {
        SortedSet<string> files = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String)
            {
                return Nothing($"For the tensor '{entry.Name}' it names no file.", report);
            }

            string file = entry.Value.GetString()!;
            if (file.Length == 0 || file != Path.GetFileName(file) || file.Contains('\0'))
            {
                return Nothing($"It names '{file}', which is not a file of the folder.", report);
            }

            files.Add(file);
        }

        return [.. files];
    }

    private static string[] Nothing(string problem, ModelFolderReport report)
    {
        report.Add(IndexName, problem, "Fetch the file again.");
        return [];
    }

    private static void Check(GenAIPlan plan, GenAIShape shape, Dictionary<string, SafetensorsEntry> entries, ModelFolderReport report)
    {
        string list = File.Exists(report.PathOf(SingleName)) ? SingleName : IndexName;
        var used = new HashSet<string>();
        foreach (PlannedTensor tensor in plan.Tensors)
        {
            foreach (SourceTensor source in tensor.Sources)
            {
                used.Add(source.Name);
                long[] expected = tensor.Kind is TensorKind.Norm or TensorKind.Bias ? [source.Rows] : [source.Rows, tensor.Columns];
                if (!entries.TryGetValue(source.Name, out SafetensorsEntry? entry))
                {
                    report.Add(list, $"The tensor '{source.Name}' is missing from the weights.", "Fetch every file of the checkpoint; only Qwen2 and Llama checkpoints can be converted.");
                }
                else if (!entry.Shape.SequenceEqual(expected))
                {
                    report.Add(entry.File, $"The tensor '{source.Name}' has shape {entry.ShapeText}; config.json asks for [{string.Join(", ", expected)}].", "Take config.json and weights of the same checkpoint.");
                }
            }
        }

        foreach ((string name, SafetensorsEntry entry) in entries)
        {
            // Some checkpoints store the output head again although it is the embedding, and some the frequencies that the caches are made from.
            bool harmless = (shape.TiedEmbeddings && name == "lm_head.weight") || name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);
            if (!harmless && !used.Contains(name))
            {
                report.Add(entry.File, $"The tensor '{name}' has no place in the architecture that config.json names.", "Only plain Qwen2 and Llama checkpoints can be converted; merge adapters first.");
            }
        }
    }
}
