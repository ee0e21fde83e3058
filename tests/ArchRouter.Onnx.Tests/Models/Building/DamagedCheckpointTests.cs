using System.Text.Json.Nodes;

namespace ArchRouter.Onnx.Tests;

public sealed class DamagedCheckpointTests
{
    private const string Gate = "model.layers.1.mlp.gate_proj.weight";

    [Theory]
    [InlineData("data_offsets", "[]", "has data_offsets [], not two places")]
    [InlineData("data_offsets", "[0]", "has data_offsets [0], not two places")]
    [InlineData("data_offsets", "[0, 131072, 131072]", "not two places")]
    [InlineData("data_offsets", "[-131072, 0]", "not two places")]
    [InlineData("data_offsets", "[0.5, 131072.5]", "not two places")]
    [InlineData("data_offsets", "[\"0\", \"131072\"]", "not two places")]
    [InlineData("data_offsets", "[0, 1e30]", "not two places")]
    [InlineData("data_offsets", "{\"0\": 131072}", "not two places")]
    [InlineData("data_offsets", "null", "has data_offsets missing, not two places")]
    [InlineData("data_offsets", "[131072, 0]", "lies from 131072 to 0")]
    [InlineData("data_offsets", "[0, 131073]", "lies from 0 to 131073")]
    [InlineData("data_offsets", "[9223372036854644735, 9223372036854775807]", "it is truncated")]
    [InlineData("shape", "[-256, -128]", "has shape [-256,-128], not a list of lengths")]
    [InlineData("shape", "\"256x128\"", "not a list of lengths")]
    [InlineData("shape", "[4611686018427387904, 4]", "does not fit its shape")]
    [InlineData("dtype", "7", "is of type ''")]
    [InlineData("dtype", "\"2\"", "is of type '2'")]
    public async Task Convert_NamesTheTensorOfADamagedEntry(string field, string value, string message)
    {
        using TestCheckpoint checkpoint = Written();
        checkpoint.EditTable(table => table[Gate]![field] = JsonNode.Parse(value));

        ModelFolderException error = await checkpoint.FailsAsync();

        Assert.Equal(checkpoint.File_("model.safetensors"), error.FilePath);
        Assert.Contains($"'{Gate}' ", error.Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_NamesTheTensorOfAnEntryThatIsNoObject()
    {
        using TestCheckpoint checkpoint = Written();
        checkpoint.EditTable(table => table[Gate] = 3);

        Assert.Contains($"'{Gate}' is of type ''", (await checkpoint.FailsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_NamesTensorsThatOverlap()
    {
        const string Up = "model.layers.1.mlp.up_proj.weight";
        using TestCheckpoint checkpoint = Written();
        checkpoint.EditTable(table => table[Up]!["data_offsets"] = table[Gate]!["data_offsets"]!.DeepClone());

        Assert.Contains($"'{Gate}' and '{Up}' overlap", (await checkpoint.FailsAsync()).Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1, 2]")]
    [InlineData("{\"a\": ")]
    [InlineData("{\"\\ud800\": {\"dtype\": \"F32\", \"shape\": [], \"data_offsets\": [0, 4]}}")]
    [InlineData("{\"a\": {\"dtype\": \"\\udc00\", \"shape\": [], \"data_offsets\": [0, 4]}}")]
    public async Task Convert_NamesTheFileOfADamagedTable(string table)
    {
        using TestCheckpoint checkpoint = Written();
        checkpoint.WriteTable(table);

        ModelFolderException error = await checkpoint.FailsAsync();

        Assert.Equal(checkpoint.File_("model.safetensors"), error.FilePath);
        Assert.Contains("The table of the safetensors file", error.Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json", "{\"model_type\": \"\\ud800\"}")]
    [InlineData("config.json", "{\"model_type\": \"llama\", \"\\ud800\": 1}")]
    [InlineData("config.json", "[]")]
    [InlineData("generation_config.json", "{\"a\": \"\\udfff\"}")]
    [InlineData("generation_config.json", "7")]
    [InlineData("tokenizer.json", "\"text\"")]
    [InlineData("tokenizer_config.json", "{\"chat_template\": \"\\ud83d\"}")]
    [InlineData("router.json", "{\"schema\": 1, \"kind\": \"decoder\", \"id\": \"\\ud800\"}")]
    public async Task Convert_NamesAFileThatIsNotJsonOfItsKind(string file, string text)
    {
        using TestCheckpoint checkpoint = Written();
        File.WriteAllText(checkpoint.File_(file), text);

        Assert.Equal(checkpoint.File_(file), (await checkpoint.FailsAsync()).FilePath);
    }

    [Fact]
    public async Task Convert_NamesAFileWhoseTextIsNotUtf8()
    {
        using TestCheckpoint checkpoint = Written();
        File.WriteAllBytes(checkpoint.File_("config.json"), [.. "{\"model_type\": \""u8, 0xFF, .. "\"}"u8]);

        ModelFolderException error = await checkpoint.FailsAsync();

        Assert.Equal(checkpoint.File_("config.json"), error.FilePath);
        Assert.Contains("The text at byte 15 is not Unicode", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "no 'weight_map'")]
    [InlineData("[]", "no 'weight_map'")]
    [InlineData("{\"weight_map\": [\"a\"]}", "no 'weight_map'")]
    [InlineData("{\"weight_map\": {\"a\": 1}}", "For the tensor 'a' it names no file")]
    [InlineData("{\"weight_map\": {\"a\": \"b\\u0000\"}}", "not a file of the folder")]
    [InlineData("{\"weight_map\": {\"a\": \"\\ud800\"}}", "cannot be read")]
    public async Task Convert_NamesADamagedList(string list, string message)
    {
        using TestCheckpoint checkpoint = Written();
        File.Delete(checkpoint.File_("model.safetensors"));
        File.WriteAllText(checkpoint.File_("model.safetensors.index.json"), list);

        ModelFolderException error = await checkpoint.FailsAsync();

        Assert.Equal(checkpoint.File_("model.safetensors.index.json"), error.FilePath);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_NamesATensorThatNoPartHas()
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Tensors.Remove(Gate);
        checkpoint.Write(shards: 3);

        ModelFolderException error = await checkpoint.FailsAsync();

        Assert.Equal(checkpoint.File_("model.safetensors.index.json"), error.FilePath);
        Assert.Contains($"'{Gate}' is missing", error.Message, StringComparison.Ordinal);
    }

    private static TestCheckpoint Written()
    {
        TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write();
        return checkpoint;
    }
}
