using System.Text;
using System.Text.Json.Nodes;

namespace ArchRouter.Onnx.Tests;

public sealed class BpeFileTests
{
    private static readonly string Good = File.ReadAllText(FixtureFile.PathOf("genai", "tiny-qwen2-int4", "tokenizer.json"));

    public static TheoryData<string, Action<JsonObject>, string> Faults => new()
    {
        { "kind", file => file["model"]!["type"] = "WordPiece", "byte-level BPE" },
        { "suffix", file => file["model"]!["end_of_word_suffix"] = "</w>", "byte-level BPE" },
        { "byte fallback", file => file["model"]!["byte_fallback"] = true, "byte-level BPE" },
        { "unknown token", file => { file["model"]!["unk_token"] = "[UNK]"; Remove(file, "\u0101"); }, "'model.unk_token' is \"[UNK]\" and the vocabulary lacks 1 of the 256 bytes" },
        { "no vocabulary", file => file["model"]!.AsObject().Remove("vocab"), "byte-level BPE" },
        { "normalizer", file => file["normalizer"]!["type"] = "NFKC", "normalizer" },
        { "pre-tokenizer", file => file["pre_tokenizer"] = new JsonObject { ["type"] = "Whitespace" }, "pre-tokenizer" },
        { "no pre-tokenizer", file => file["pre_tokenizer"] = null, "pre-tokenizer" },
        { "prefix space", file => file["pre_tokenizer"]!["pretokenizers"]![1]!["add_prefix_space"] = true, "pre-tokenizer" },
        { "pattern", file => file["pre_tokenizer"]!["pretokenizers"]![0]!["pattern"]!["Regex"] = "\\w+", "pre-tokenizer" },
        { "inverted", file => file["pre_tokenizer"]!["pretokenizers"]![0]!["invert"] = true, "pre-tokenizer" },
        { "merge of unknown", file => file["model"]!["merges"]!.AsArray().Add("zzz qqq"), "zzz qqq" },
        { "merge of three", file => file["model"]!["merges"]!.AsArray().Add("a b c"), "a b c" },
        { "merge without a pair", file => file["model"]!["merges"]!.AsArray().Add(5), "number 765" },
        { "negative id", file => file["model"]!["vocab"]!["a"] = -1, "'a'" },
        { "huge id", file => file["model"]!["vocab"]!["a"] = 2_000_000_000, "'a'" },
        { "shared id", file => file["model"]!["vocab"]!["a"] = 5, "shares" },
        { "foreign alphabet", file => file["model"]!["vocab"]!["日"] = 3000, "byte alphabet" },
        { "added without text", file => file["added_tokens"]![0]!["content"] = "", "added token" },
        { "added with an id twice", file => file["added_tokens"]![0]!["id"] = 1023, "added token" },
        { "added that strips", file => file["added_tokens"]![0]!["lstrip"] = true, "white space" },
        { "special made of text", file => file["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = (int)file["model"]!["vocab"]!["er"]!, ["content"] = "er", ["special"] = true }), "special token" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Read_RefusesWhatWouldGiveOtherTokens(string what, Action<JsonObject> change, string expected)
    {
        JsonObject file = JsonNode.Parse(Good)!.AsObject();
        change(file);
        var report = new ModelFolderReport("folder");

        Assert.Null(BpeFile.Read(Encoding.UTF8.GetBytes(file.ToJsonString()), "tokenizer.json", report));
        ModelFolderException error = Assert.Throws<ModelFolderException>(report.ThrowIfAny);
        Assert.Contains(expected, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("tokenizer.json", error.FilePath, StringComparison.Ordinal);
        Assert.NotEmpty(what);
    }

    [Fact]
    public void Read_TakesAnUnknownTokenThatIsNeverWritten()
    {
        JsonObject file = JsonNode.Parse(Good)!.AsObject();
        int[] expected = Read(file).Encode("é\u0001日");
        file["model"]!["unk_token"] = "[UNK]";

        Assert.Equal(expected, Read(file).Encode("é\u0001日"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"model\":5}")]
    [InlineData("{\"model\":{\"vocab\":{\"\\ud800\":1},\"merges\":[]}}")]
    [InlineData("{\"added_tokens\":[{\"id\":1,\"content\":\"\\ud800\"}],\"model\":{\"vocab\":{},\"merges\":[]}}")]
    public void Read_ReportsMalformedFiles(string json)
    {
        var report = new ModelFolderReport("folder");

        Assert.Null(BpeFile.Read(Encoding.UTF8.GetBytes(json), "tokenizer.json", report));
        Assert.False(report.IsClean);
    }

    [Fact]
    public void Read_ReportsTruncatedFiles()
    {
        byte[] all = Encoding.UTF8.GetBytes(Good);
        for (int length = 0; length < all.Length; length += 4999)
        {
            var report = new ModelFolderReport("folder");

            Assert.Null(BpeFile.Read(all.AsMemory(0, length), "tokenizer.json", report));
            Assert.False(report.IsClean);
        }
    }

    [Fact]
    public void Load_NamesAMissingFile()
    {
        ModelFolderException error = Assert.Throws<ModelFolderException>(() => BpeTokenizer.Load("nowhere/tokenizer.json"));

        Assert.Equal(Path.GetFullPath("nowhere/tokenizer.json"), error.FilePath);
    }

    [Fact]
    public void Read_LeavesWholeWordsAloneWhereTheFileSaysSo()
    {
        JsonObject file = JsonNode.Parse(Good)!.AsObject();
        int id = (int)file["model"]!["vocab"]!.AsObject().Single(token => token.Key == "er").Value!;
        JsonArray merges = file["model"]!["merges"]!.AsArray();
        merges.Remove(merges.Single(merge => merge!.ToJsonString() is "\"e r\"" or "[\"e\",\"r\"]"));
        merges.RemoveAll(merge => merge!.ToJsonString().Contains("er", StringComparison.Ordinal));

        Assert.Equal(2, Read(file).Encode("er").Length);
        file["model"]!["ignore_merges"] = true;
        Assert.Equal([id], Read(file).Encode("er"));
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 2)]
    public void Read_KnowsLlamasGroupsOfThreeDigits(bool alone, int pieces)
    {
        JsonObject file = JsonNode.Parse(Good)!.AsObject();
        JsonNode pattern = file["pre_tokenizer"]!["pretokenizers"]![0]!["pattern"]!;
        pattern["Regex"] = ((string)pattern["Regex"]!).Replace(@"\p{N}|", alone ? @"\p{N}|" : @"\p{N}{1,3}|", StringComparison.Ordinal);
        // Two digits next to each other become one token only within a piece.
        JsonObject vocabulary = file["model"]!["vocab"]!.AsObject();
        vocabulary["12"] = 2000;
        vocabulary["123"] = 2001;
        file["model"]!["merges"]!.AsArray().Add("1 2");
        file["model"]!["merges"]!.AsArray().Add("12 3");

        Assert.Equal(pieces, Read(file).Encode("1231").Length);
    }

    /// <summary>Removes a byte's token, and the merges that need it.</summary>
    private static void Remove(JsonObject file, string token)
    {
        file["model"]!["vocab"]!.AsObject().Remove(token);
        file["model"]!["merges"]!.AsArray().RemoveAll(merge => string.Concat(merge!.AsArray().Select(part => (string)part!)).Contains(token, StringComparison.Ordinal));
    }

    private static BpeTokenizer Read(JsonObject file)
    {
        var report = new ModelFolderReport("folder");
        BpeTokenizer? tokenizer = BpeFile.Read(Encoding.UTF8.GetBytes(file.ToJsonString()), "tokenizer.json", report);
        report.ThrowIfAny();
        return tokenizer!;
    }
}
