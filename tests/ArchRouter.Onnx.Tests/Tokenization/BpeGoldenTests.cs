using System.Text.Json;

namespace ArchRouter.Onnx.Tests;

/// <summary>The same ids as the reference library gives.</summary>
public sealed class BpeGoldenTests
{
    public static TheoryData<string> GenAIFolders => ["tiny-llama-int4", "tiny-qwen2-fp32", "tiny-qwen2-int4", "tiny-qwen2-int4-dml"];

    [Theory]
    [InlineData("qwen2.5")]
    [InlineData("smollm2")]
    public void Encode_EqualsReference(string name)
    {
        TokenizerFile file = FixtureFile.Read<TokenizerFile>($"{name}.json.gz");
        BpeTokenizer tokenizer = Tokenizers.Named(name);

        Assert.Equal(244, file.Cases.Length);
        Assert.Equal(file.VocabSize, tokenizer.VocabularySize);
        Assert.All(file.Cases, @case => Assert.Equal(@case.Ids, tokenizer.Encode(@case.Text, allowSpecial: true)));
    }

    [Theory]
    [InlineData("qwen2.5")]
    [InlineData("smollm2")]
    public void Decode_GivesTheNormalizedTextBack(string name)
    {
        TokenizerFile file = FixtureFile.Read<TokenizerFile>($"{name}.json.gz");
        BpeTokenizer tokenizer = Tokenizers.Named(name);
        bool composes = name == "qwen2.5";

        Assert.All(file.Cases, @case => Assert.Equal(composes ? @case.Text.Normalize() : @case.Text, tokenizer.Decode(tokenizer.Encode(@case.Text, allowSpecial: true))));
    }

    [Theory]
    [MemberData(nameof(GenAIFolders))]
    public void Encode_EqualsReferenceOfGenAIFolder(string folder)
    {
        BpeTokenizer tokenizer = BpeTokenizer.Load(FixtureFile.PathOf("genai", folder, "tokenizer.json"));
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(FixtureFile.PathOf("genai", folder, "golden.json")));
        JsonElement[] cases = [.. golden.RootElement.GetProperty("tokenize").EnumerateArray()];

        Assert.Equal(24, cases.Length);
        Assert.All(cases, @case => Assert.Equal(Ids(@case), tokenizer.Encode(@case.GetProperty("text").GetString(), allowSpecial: true)));
    }

    private static int[] Ids(JsonElement @case) => [.. @case.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];

    private sealed record TokenizerFile(int VocabSize, TokenizerCase[] Cases);

    private sealed record TokenizerCase(string Text, int[] Ids);
}
