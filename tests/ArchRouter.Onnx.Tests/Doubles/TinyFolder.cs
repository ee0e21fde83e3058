using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ArchRouter.Onnx.Tests;

/// <summary>A model folder in a temporary place with a tiny model that works; tests spoil parts of it.</summary>
internal sealed class TinyFolder : IDisposable
{
    public static readonly string[] Vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "hello", "a", "b", "c", "##a", ":"];

    public TinyFolder(TinyGraph? graph = null)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllBytes(File_("model.onnx"), (graph ?? new TinyGraph()).ToArray());
        WriteTokenizer(Tokenizer(Vocabulary));
        WriteDescription(Description());
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("archrouter-").FullName;

    public string File_(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A description that fits the files as they are.</summary>
    public JsonObject Description() => new()
    {
        ["schema"] = 1,
        ["id"] = "tiny",
        ["kind"] = "encoder",
        ["layout"] = "policy-encoder-v1",
        ["model"] = "model.onnx",
        ["tokenizer"] = "tokenizer.json",
        ["dimensions"] = TinyGraph.Dimensions,
        ["max_tokens"] = 32,
        ["scale"] = 10.0,
        ["temperature"] = 1.0,
        ["window"] = new JsonObject { ["messages"] = 5, ["latest_code_points"] = 1200, ["earlier_code_points"] = 300 },
        ["sha256"] = new JsonObject { ["model.onnx"] = Hash("model.onnx"), ["tokenizer.json"] = Hash("tokenizer.json") },
    };

    public static JsonObject Tokenizer(IEnumerable<string> vocabulary) => new()
    {
        ["normalizer"] = new JsonObject { ["type"] = "BertNormalizer", ["lowercase"] = true },
        ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
        ["model"] = new JsonObject
        {
            ["type"] = "WordPiece",
            ["continuing_subword_prefix"] = "##",
            ["max_input_chars_per_word"] = 100,
            ["vocab"] = new JsonObject(vocabulary.Select((piece, id) => KeyValuePair.Create(piece, (JsonNode?)id))),
        },
    };

    public void WriteTokenizer(JsonObject tokenizer) => File.WriteAllText(File_("tokenizer.json"), tokenizer.ToJsonString());

    public void WriteDescription(JsonObject description) =>
        File.WriteAllText(File_("router.json"), description.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(File_(name))));
}
