using System.Text.Json.Nodes;

namespace ArchRouter.Onnx.Tests;

public sealed class ModelFolderTests
{
    [Fact]
    public async Task Load_TakesAWholeFolder()
    {
        using var folder = new TinyFolder();
        await using EncoderRouterEngine engine = EncoderRouterEngine.Load(folder.Path);

        PolicyScores scores = await engine.ScoreAsync(Requests.Of("a b", "a", "b"));

        Assert.Equal("tiny", engine.ModelId);
        Assert.Equal(1, scores.Probabilities.Sum() + scores.Other, 1e-9);
    }

    [Fact]
    public void Load_NamesAMissingFolder()
    {
        string missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());

        var error = Assert.Throws<ModelFolderException>(() => EncoderRouterEngine.Load(missing));

        Assert.StartsWith(missing, error.FilePath, StringComparison.Ordinal);
        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NamesAMissingDescription()
    {
        using var folder = new TinyFolder();
        File.Delete(folder.File_("router.json"));

        Fails(folder, ("router.json", "missing"));
    }

    [Theory]
    [InlineData("{ \"schema\": 1,")]
    [InlineData("")]
    public void Load_NamesAMalformedDescription(string json)
    {
        using var folder = new TinyFolder();
        File.WriteAllText(folder.File_("router.json"), json);

        Assert.NotNull(Fails(folder, ("router.json", "cannot be read as JSON")).InnerException);
    }

    [Fact]
    public void Load_ListsEveryMissingKeyAtOnce()
    {
        using var folder = new TinyFolder();
        File.WriteAllText(folder.File_("router.json"), "{}");

        ModelFolderException error = Fails(folder, ("router.json", "'schema' is missing"));

        string[] keys = ["schema", "kind", "layout", "window", "sha256", "model", "tokenizer", "id", "dimensions", "max_tokens", "scale", "temperature"];
        Assert.All(keys, key => Assert.Contains(error.Problems, problem => problem.Message.StartsWith($"'{key}' is missing", StringComparison.Ordinal)));
        Assert.Equal(keys.Length, error.Problems.Count);
    }

    [Theory]
    [InlineData("schema", 2, "this version knows 1")]
    [InlineData("kind", "decoder", "this version knows 'encoder'")]
    [InlineData("layout", "policy-encoder-v2", "this version knows 'policy-encoder-v1'")]
    [InlineData("scale", 0, "not a number above 0")]
    [InlineData("temperature", "warm", "is String, not Number")]
    [InlineData("max_tokens", 2, "not a whole number from 3")]
    [InlineData("model", "../model.onnx", "not the name of a file in the folder")]
    [InlineData("id", "", "is empty")]
    public void Load_RefusesWhatItDoesNotKnow(string key, object value, string message)
    {
        using var folder = new TinyFolder();
        JsonObject description = folder.Description();
        description[key] = value is int number ? number : (string)value;
        folder.WriteDescription(description);

        Assert.Contains(Load(folder).Problems, problem => problem.Message.StartsWith($"'{key}'", StringComparison.Ordinal)
            && problem.Message.Contains(message, StringComparison.Ordinal));
    }

    // Not an argument above: the character would stand in the test's name.
    [Fact]
    public void Load_RefusesAFileNameThatCannotBe()
    {
        using var folder = new TinyFolder();
        JsonObject description = folder.Description();
        description["model"] = "model\0.onnx";
        folder.WriteDescription(description);

        Fails(folder, ("router.json", "'model' is 'model\0.onnx', not the name of a file in the folder"));
    }

    [Fact]
    public void Load_RefusesAHashThatIsNone()
    {
        using var folder = new TinyFolder();
        JsonObject description = folder.Description();
        description["sha256"]!["model.onnx"] = "abc";
        folder.WriteDescription(description);

        Fails(folder, ("router.json", "'sha256.model.onnx' is not a SHA-256"));
    }

    [Fact]
    public void Load_NamesBothMissingFiles()
    {
        using var folder = new TinyFolder();
        File.Delete(folder.File_("model.onnx"));
        File.Delete(folder.File_("tokenizer.json"));

        Fails(folder, ("model.onnx", "missing"), ("tokenizer.json", "missing"));
    }

    [Fact]
    public void Load_FindsTruncatedFiles()
    {
        using var folder = new TinyFolder();
        using (FileStream model = File.OpenWrite(folder.File_("model.onnx")))
        {
            model.SetLength(model.Length / 2);
        }

        Fails(folder, ("model.onnx", "truncated, damaged or of another version"));
    }

    [Fact]
    public void Load_NamesAGraphThatIsNone()
    {
        using var folder = new TinyFolder();
        File.WriteAllText(folder.File_("model.onnx"), "<html>not found</html>");
        folder.WriteDescription(folder.Description());

        Fails(folder, ("model.onnx", "cannot load the graph"));
    }

    [Theory]
    [InlineData("normalizer", "lowercase", "False")]
    [InlineData("pre_tokenizer", "type", "ByteLevel")]
    [InlineData("normalizer", "clean_text", "False")]
    [InlineData("normalizer", "handle_chinese_chars", "False")]
    [InlineData("normalizer", "strip_accents", "False")]
    [InlineData("model", "unk_token", "<unk>")]
    [InlineData("model", "type", "BPE")]
    public void Load_RefusesOtherTokenizers(string part, string key, string value)
    {
        using var folder = new TinyFolder();
        JsonObject tokenizer = TinyFolder.Tokenizer(TinyFolder.Vocabulary);
        tokenizer[part]![key] = bool.TryParse(value, out bool flag) ? flag : value;
        folder.WriteTokenizer(tokenizer);
        folder.WriteDescription(folder.Description());

        Fails(folder, ("tokenizer.json", $"'{part}.{key}' is '{value}'"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    public void Load_TakesATokenizerThatSaysWhatIsDoneAnyway(string stripAccents)
    {
        using var folder = new TinyFolder();
        JsonObject tokenizer = TinyFolder.Tokenizer(TinyFolder.Vocabulary);
        tokenizer["normalizer"]!["clean_text"] = true;
        tokenizer["normalizer"]!["handle_chinese_chars"] = true;
        tokenizer["normalizer"]!["strip_accents"] = JsonNode.Parse(stripAccents);
        tokenizer["model"]!["unk_token"] = "[UNK]";
        folder.WriteTokenizer(tokenizer);
        folder.WriteDescription(folder.Description());
        using EncoderRouterEngine engine = EncoderRouterEngine.Load(folder.Path);

        Assert.Equal("tiny", engine.ModelId);
    }

    [Fact]
    public void Load_NamesMissingSpecialTokens()
    {
        using var folder = new TinyFolder();
        folder.WriteTokenizer(TinyFolder.Tokenizer(["a", "b", "[UNK]"]));
        folder.WriteDescription(folder.Description());

        Fails(folder, ("tokenizer.json", "lacks [CLS], [SEP]"));
    }

    [Theory]
    [InlineData(-1, "more")]
    [InlineData(1, "fewer")]
    public void Load_FindsAVocabularyOfAnotherSize(int difference, string message)
    {
        using var folder = new TinyFolder(new TinyGraph { Vocabulary = TinyFolder.Vocabulary.Length - difference });

        Fails(folder, ("tokenizer.json", $"but the graph knows {message}"));
    }

    [Fact]
    public void Load_ListsEveryWrongNameOfTheGraph()
    {
        using var folder = new TinyFolder(new TinyGraph { IdsName = "ids", OtherName = "logit" });

        ModelFolderException error = Fails(
            folder,
            ("model.onnx", "no input 'input_ids'; it has ids"),
            ("model.onnx", "no output 'other'; it has embedding, logit"));

        Assert.Contains(error.Problems, problem => problem.Message.Contains("an input 'ids' that this engine does not fill", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_RefusesOtherShapes()
    {
        using var folder = new TinyFolder(new TinyGraph { ExtraDimension = true });

        Fails(folder, ("model.onnx", "output 'embedding' is Float [1, -1, 4]; Float [1, 4] was expected"));
    }

    [Fact]
    public void Load_RefusesOtherDimensions()
    {
        using var folder = new TinyFolder();
        JsonObject description = folder.Description();
        description["dimensions"] = 5;
        folder.WriteDescription(description);

        Fails(folder, ("model.onnx", "output 'embedding'"));
    }

    [Theory]
    [InlineData(float.NaN, "not finite")]
    [InlineData(float.PositiveInfinity, "not finite")]
    [InlineData(2f, "of length 2; 1 was expected")]
    public void Load_ProbesTheNumbers(float factor, string message)
    {
        using var folder = new TinyFolder(new TinyGraph { Factor = factor });

        Fails(folder, ("model.onnx", message));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(5)]
    public void Load_FindsAGraphThatReadsLessThanPromised(int positions)
    {
        using var folder = new TinyFolder(new TinyGraph { Positions = positions });

        Fails(folder, ("model.onnx", "cannot read texts of 32 tokens, which 'max_tokens' in router.json promises"));
    }

    [Fact]
    public void Load_TakesAGraphThatReadsJustWhatIsPromised()
    {
        using var folder = new TinyFolder(new TinyGraph { Positions = 32 });
        using EncoderRouterEngine engine = EncoderRouterEngine.Load(folder.Path);

        Assert.Equal("tiny", engine.ModelId);
    }

    [Fact]
    public void Load_TriesAgainAfterAFailure()
    {
        using var folder = new TinyFolder();
        byte[] model = File.ReadAllBytes(folder.File_("model.onnx"));
        File.Delete(folder.File_("model.onnx"));
        Load(folder);

        File.WriteAllBytes(folder.File_("model.onnx"), model);
        using EncoderRouterEngine engine = EncoderRouterEngine.Load(folder.Path);

        Assert.Equal("tiny", engine.ModelId);
    }

    [Fact]
    public void Exception_HasAtLeastOneProblem() => Assert.Throws<ArgumentException>(() => new ModelFolderException([]));

    private static ModelFolderException Load(TinyFolder folder) => Assert.Throws<ModelFolderException>(() => EncoderRouterEngine.Load(folder.Path));

    private static ModelFolderException Fails(TinyFolder folder, params (string File, string Message)[] expected)
    {
        ModelFolderException error = Load(folder);
        Assert.Equal(folder.File_(expected[0].File), error.FilePath);
        Assert.All(expected, one => Assert.Contains(error.Problems, problem => problem.FilePath == folder.File_(one.File)
            && problem.Message.Contains(one.Message, StringComparison.Ordinal) && problem.Fix.Length > 0));
        Assert.All(error.Problems, problem => Assert.Contains(problem.ToString(), error.Message, StringComparison.Ordinal));
        return error;
    }
}
