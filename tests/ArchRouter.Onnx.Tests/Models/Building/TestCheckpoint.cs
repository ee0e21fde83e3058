using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ArchRouter.Onnx.Tests;

/// <summary>A Hugging Face folder in a temporary place; tests spoil parts of it.</summary>
internal sealed class TestCheckpoint : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("archrouter-checkpoint-");

    public TestCheckpoint()
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(File_("tokenizer.json"), "{}");
        File.WriteAllText(File_("tokenizer_config.json"), "{}");
    }

    public string Path => System.IO.Path.Combine(_root.FullName, "source");

    /// <summary>A place for the result, next to the source.</summary>
    public string Target => System.IO.Path.Combine(_root.FullName, "target");

    public JsonObject Config { get; set; } = [];

    /// <summary>Tensors by name; a shape of one or two lengths.</summary>
    public Dictionary<string, (int[] Shape, float[] Values)> Tensors { get; } = [];

    /// <summary>What lies beside the source: the target, or what was left of it.</summary>
    public IEnumerable<string?> Beside => _root.EnumerateFileSystemInfos().Select(entry => entry.Name).Where(name => name != "source");

    public string File_(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Takes the tokenizer's files of another folder.</summary>
    public void TakeTokenizer(string folder)
    {
        foreach (string name in (string[])["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"])
        {
            File.WriteAllBytes(File_(name), File.ReadAllBytes(System.IO.Path.Combine(folder, name)));
        }
    }

    public void Write(string type = "F32", int shards = 1)
    {
        File.WriteAllText(File_("config.json"), Config.ToJsonString());
        if (shards == 1)
        {
            WriteFile("model.safetensors", Tensors.Keys, type);
            return;
        }

        var map = new JsonObject();
        foreach (string[] names in Tensors.Keys.Chunk((Tensors.Count + shards - 1) / shards))
        {
            string file = $"model-{map.Count}.safetensors";
            WriteFile(file, names, type);
            Array.ForEach(names, name => map[name] = file);
        }

        File.WriteAllText(File_("model.safetensors.index.json"), new JsonObject { ["weight_map"] = map }.ToJsonString());
    }

    public void WriteFile(string file, IEnumerable<string> names, string type)
    {
        var table = new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        using var data = new MemoryStream();
        foreach (string name in names)
        {
            long begin = data.Length;
            data.Write(Encode(Tensors[name].Values, type));
            table[name] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = new JsonArray([.. Tensors[name].Shape.Select(length => (JsonNode)length)]),
                ["data_offsets"] = new JsonArray(begin, data.Length),
            };
        }

        byte[] header = JsonSerializer.SerializeToUtf8Bytes(table);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(File_(file), [.. length, .. header, .. data.ToArray()]);
    }

    /// <summary>Changes the table of the one file of weights.</summary>
    public void EditTable(Action<JsonObject> change)
    {
        byte[] bytes = File.ReadAllBytes(File_("model.safetensors"));
        JsonObject table = JsonNode.Parse(bytes.AsSpan(sizeof(long), (int)BinaryPrimitives.ReadInt64LittleEndian(bytes)))!.AsObject();
        change(table);
        WriteTable(table.ToJsonString());
    }

    /// <summary>Puts another table in front of the weights.</summary>
    public void WriteTable(string table)
    {
        byte[] bytes = File.ReadAllBytes(File_("model.safetensors"));
        int data = sizeof(long) + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        byte[] header = Encoding.UTF8.GetBytes(table);
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(File_("model.safetensors"), [.. length, .. header, .. bytes[data..]]);
    }

    /// <summary>Converts, which must fail for what the folder holds and leave nothing behind.</summary>
    public async Task<ModelFolderException> FailsAsync(ModelConverterOptions? options = null)
    {
        var error = await Assert.ThrowsAsync<ModelFolderException>(() => ModelConverter.ConvertAsync(Path, Target, options));
        Assert.Empty(Beside);
        Assert.All(error.Problems, problem => Assert.NotEmpty(problem.Fix));
        return error;
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static byte[] Encode(float[] values, string type) => type switch
    {
        "F16" => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, value => (Half)value)).ToArray(),
        "BF16" => MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16))).ToArray(),
        _ => MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
    };
}
