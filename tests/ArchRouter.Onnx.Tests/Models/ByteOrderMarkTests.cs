using System.Text;

namespace ArchRouter.Onnx.Tests;

/// <summary>Files with the mark that some editors and Windows PowerShell put before UTF-8 are read like those without.</summary>
public sealed class ByteOrderMarkTests
{
    [Theory]
    [InlineData("genai_config.json")]
    [InlineData("router.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("chat_template.jinja")]
    public async Task Load_OfADecoderSkipsIt(string file)
    {
        using var folder = new GenAIFolder();
        folder.Describe(new() { ["schema"] = 1, ["kind"] = "decoder", ["id"] = "marked", ["layout"] = "arch-router-card" });
        Mark(folder.File_(file));

        await using DecoderRouterEngine engine = DecoderRouterEngine.Load(folder.Path);

        Assert.Equal("marked", engine.ModelId);
        Assert.NotNull(await engine.ScoreAsync(Requests.Of("hello", "a")));
    }

    [Fact]
    public void Load_OfAnEncoderSkipsIt()
    {
        using var folder = new TinyFolder();
        Mark(folder.File_("tokenizer.json"));
        folder.WriteDescription(folder.Description());
        Mark(folder.File_("router.json"));

        using EncoderRouterEngine engine = EncoderRouterEngine.Load(folder.Path);

        Assert.Equal("tiny", engine.ModelId);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("model.safetensors.index.json")]
    public async Task Convert_SkipsIt(string file)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Llama();
        checkpoint.Write(shards: 2);
        Mark(checkpoint.File_(file));

        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target);

        Assert.True(File.Exists(Path.Combine(checkpoint.Target, "genai_config.json")));
    }

    [Fact]
    public void Manifest_SkipsIt()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $$"""{"id": "a/b", "revision": "{{new string('b', 40)}}", "files": [{"path": "c", "sha256": "{{new string('d', 64)}}"}]}""");
            Mark(file);

            Assert.Equal("a/b", ModelManifest.Read(file).Id);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Mark(string file) => File.WriteAllBytes(file, [.. Encoding.UTF8.Preamble, .. File.ReadAllBytes(file)]);
}
