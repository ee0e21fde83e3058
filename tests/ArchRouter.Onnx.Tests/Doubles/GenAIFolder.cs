using System.Text.Json.Nodes;

namespace ArchRouter.Onnx.Tests;

/// <summary>A copy of a recorded folder in a temporary place; tests spoil parts of it.</summary>
internal sealed class GenAIFolder : IDisposable
{
    public GenAIFolder(string kind = "tiny-qwen2-fp32")
    {
        foreach (string file in Directory.GetFiles(GoldenDecoder.FolderOf(kind)))
        {
            // Written, not copied, so that a read-only checkout gives files that can be spoilt.
            File.WriteAllBytes(File_(System.IO.Path.GetFileName(file)), File.ReadAllBytes(file));
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("archrouter-").FullName;

    public string File_(string name) => System.IO.Path.Combine(Path, name);

    public void Truncate(string name, int bytes)
    {
        using FileStream stream = File.OpenWrite(File_(name));
        stream.SetLength(stream.Length - bytes);
    }

    /// <summary>Changes the model's part of the description.</summary>
    public void Configure(Action<JsonObject> change)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(File_("genai_config.json")))!;
        change(json["model"]!.AsObject());
        File.WriteAllText(File_("genai_config.json"), json.ToJsonString());
    }

    public void Describe(JsonObject router) => File.WriteAllText(File_("router.json"), router.ToJsonString());

    /// <summary>Puts one more operation behind the graph's logits.</summary>
    /// <param name="type">The operator; it gets the logits first.</param>
    /// <param name="inputs">The other inputs.</param>
    public void AppendToLogits(string type, params (string Name, int Type, int[] Shape, byte[] Data)[] inputs)
    {
        const int Float = 1;
        byte[] model = File.ReadAllBytes(File_("model.onnx"));

        // The new name has the old one's length, so every length around it stays right; and two graphs in one file are read as one.
        foreach (int at in Occurrences(model, "logits"u8))
        {
            model[at + 5] = (byte)'z';
        }

        byte[] more = new ProtoWriter().Message(7, graph =>
        {
            graph.Message(1, node =>
            {
                node.Text(1, "logitz");
                Array.ForEach(inputs, input => node.Text(1, input.Name));
                node.Text(2, "logits").Text(4, type);
            });
            Array.ForEach(inputs, input => graph.Message(5, tensor =>
            {
                Array.ForEach(input.Shape, length => tensor.Varint(1, length));
                tensor.Varint(2, input.Type).Text(8, input.Name).Bytes(9, input.Data);
            }));
            graph.Message(12, value => value.Text(1, "logits").Message(2, kind => kind.Message(1, tensor => tensor.Varint(1, Float).Message(2, dimensions =>
            {
                foreach (string name in (string[])["batch", "some", "all"])
                {
                    dimensions.Message(1, dimension => dimension.Text(2, name));
                }
            }))));
        }).ToArray();
        File.WriteAllBytes(File_("model.onnx"), [.. model, .. more]);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static List<int> Occurrences(byte[] bytes, ReadOnlySpan<byte> text)
    {
        List<int> found = [];
        for (int at = bytes.AsSpan().IndexOf(text); at >= 0;)
        {
            found.Add(at);
            int next = bytes.AsSpan(at + text.Length).IndexOf(text);
            at = next < 0 ? -1 : at + text.Length + next;
        }

        return found;
    }
}
