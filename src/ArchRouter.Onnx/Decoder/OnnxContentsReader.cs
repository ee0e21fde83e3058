using System.Globalization;

namespace ArchRouter.Onnx;

/// <summary>Reads which operators an ONNX file uses and which files it needs. ONNX Runtime's own errors do not say which file is short.</summary>
internal static class OnnxContentsReader
{
    // Field numbers of onnx.proto.
    private const int ModelGraph = 7;
    private const int GraphNode = 1;
    private const int GraphInitializer = 5;
    private const int NodeOperator = 4;
    private const int TensorExternalData = 13;
    private const int EntryKey = 1;
    private const int EntryValue = 2;

    /// <returns>The contents, or <see langword="null"/> if the file cannot be read as ONNX.</returns>
    public static OnnxContents? Read(string file, ModelFolderReport report)
    {
        if (!File.Exists(report.PathOf(file)))
        {
            report.Add(file, $"The file is missing; {GenAIConfig.FileName} names it.", "Fetch the model folder again.");
            return null;
        }

        try
        {
            using var stream = new FileStream(report.PathOf(file), FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(new ProtoCursor(stream, stream.Length));
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException or OverflowException)
        {
            report.Add(file, $"The file cannot be read as ONNX: {error.Message}.", "Fetch the model folder again; the file is truncated or damaged.", error);
            return null;
        }
    }

    /// <summary>Checks that the files with the weights are there, beside the graph and long enough.</summary>
    public static void CheckFiles(OnnxContents contents, string file, ModelFolderReport report)
    {
        foreach ((string external, long bytes) in contents.ExternalBytes)
        {
            if (external.AsSpan().IndexOfAny(['/', '\\', ':', '\0']) >= 0)
            {
                report.Add(file, $"The graph's weights are in '{external}', which is not a file in the folder.", "Save the model with its weights in one folder.");
                continue;
            }

            var found = new FileInfo(report.PathOf(external));
            if (!found.Exists)
            {
                report.Add(external, $"The file is missing; {file} keeps its weights in it.", "Fetch the model folder again.");
            }
            else if (found.Length < bytes)
            {
                report.Add(external, $"The file has {found.Length} bytes; {file} needs {bytes}. It is truncated or of another model.", "Fetch the file again.");
            }
        }
    }

    private static OnnxContents Read(ProtoCursor model)
    {
        HashSet<string> operators = [];
        Dictionary<string, long> external = [];
        bool hasGraph = false;
        while (model.Read())
        {
            if (model.Field == ModelGraph)
            {
                hasGraph = true;
                ReadGraph(model.Message(), operators, external);
            }
        }

        return hasGraph ? new OnnxContents(operators, external) : throw new InvalidDataException("it holds no graph");
    }

    private static void ReadGraph(ProtoCursor graph, HashSet<string> operators, Dictionary<string, long> external)
    {
        while (graph.Read())
        {
            if (graph.Field == GraphNode)
            {
                ProtoCursor node = graph.Message();
                while (node.Read())
                {
                    if (node.Field == NodeOperator)
                    {
                        operators.Add(node.Text());
                    }
                }
            }
            else if (graph.Field == GraphInitializer)
            {
                ReadTensor(graph.Message(), external);
            }
        }
    }

    private static void ReadTensor(ProtoCursor tensor, Dictionary<string, long> external)
    {
        string? location = null;
        long end = 0;
        while (tensor.Read())
        {
            if (tensor.Field == TensorExternalData)
            {
                (string key, string value) = ReadEntry(tensor.Message());
                if (key == "location")
                {
                    location = value;
                }
                else if (key is "offset" or "length" && long.TryParse(value, CultureInfo.InvariantCulture, out long bytes))
                {
                    end += bytes;
                }
            }
        }

        if (location is not null)
        {
            external[location] = Math.Max(end, external.GetValueOrDefault(location));
        }
    }

    private static (string Key, string Value) ReadEntry(ProtoCursor entry)
    {
        string key = "";
        string value = "";
        while (entry.Read())
        {
            if (entry.Field == EntryKey)
            {
                key = entry.Text();
            }
            else if (entry.Field == EntryValue)
            {
                value = entry.Text();
            }
        }

        return (key, value);
    }
}
