using System.Text.RegularExpressions;

namespace ArchRouter.Onnx.Tests;

public sealed partial class WordPieceTokenizerTests
{

    private const int Room = 20_000;
    private static readonly Dictionary<string, long> Special = new() { ["[PAD]"] = 0, ["[UNK]"] = 100, ["[CLS]"] = 101, ["[SEP]"] = 102, ["[MASK]"] = 103 };

    [Fact]
    public void EncodePieces_EqualsReference()
    {
        TokenizerFile file = FixtureFile.Read<TokenizerFile>("minilm.json.gz");
        Assert.Equal(244, file.Cases.Length);
        Assert.Equal(file.VocabSize, Bundled.Tokenizer.Vocabulary.Size);
        Assert.All(file.Cases, @case => Assert.Equal(@case.Ids, EncodeTrusted(@case.Text)));
    }

    [Fact]
    public void Encode_EqualsReferenceForQueriesAndPolicies()
    {
        foreach (GoldenCase golden in GoldenFile.Instance.Cases)
        {
            Assert.Equal(golden.QueryIds, Encode(golden.QueryText, 192));
            Assert.All(golden.Policies, policy => Assert.Equal(policy.Ids, Encode(policy.Text, 192)));
        }
    }

    [Theory]
    [InlineData("[SEP]")]
    [InlineData("[CLS] hello [MASK][PAD]")]
    [InlineData("a[UNK]b")]
    public void Encode_ReadsSpecialTokensInTextAsText(string text)
    {
        long[] pieces = EncodePieces(text);

        Assert.DoesNotContain(pieces, id => id is >= 100 and <= 103 or 0);
        Assert.Equal(EncodePieces(text.Replace("[", "[ ", StringComparison.Ordinal)), pieces);
    }

    [Fact]
    public void Encode_StopsWhenFullWithItsEndToken()
    {
        long[] all = Encode("one two three four five", 192);
        long[] cut = Encode("one two three four five", 5);

        Assert.Equal([.. all[..4], 102], cut);
    }

    [Fact]
    public void EncodePieces_KeepsWholeWordUnknownAcrossTheLimit()
    {
        // "hello日" would be split, so the unknown part has to be a letter of the same word.
        string word = "hello\u16A0";
        Assert.Equal([100], EncodePieces(word));

        Span<long> one = stackalloc long[1];
        Assert.Equal(1, Bundled.Tokenizer.EncodePieces(word, one));
        Assert.Equal(100, one[0]);
    }

    [Fact]
    public void EncodePieces_TakesWordsOfMoreThan100CodePointsAsUnknown()
    {
        Assert.NotEqual([100], EncodePieces(new string('a', 100)));
        Assert.Equal([100], EncodePieces(new string('a', 101)));
    }

    // Lone surrogates do not survive as test arguments.
    [Fact]
    public void EncodePieces_DropsLoneSurrogates() => Assert.All(
        (string[])["a\ud83d", "a\ude42", "\ude42\ud83da", "\ud83d\ud83da"],
        text => Assert.Equal(EncodePieces("a"), EncodePieces(text)));

    [Fact]
    public void EncodePieces_AllocatesNothing()
    {
        string text = "Größe naïve 한국어 日本語 <|im_start|> why does this loop never end?";
        long[] ids = new long[100];

        Assert.Equal(0, Allocations.Of(() => Bundled.Tokenizer.EncodePieces(text, ids)));
    }

    /// <summary>The reference splits special tokens off before anything else, as its library does with text that is trusted.</summary>
    private static long[] EncodeTrusted(string text) =>
        [.. SpecialToken().Split(text).SelectMany(part => Special.TryGetValue(part, out long id) ? [id] : EncodePieces(part))];

    private static long[] EncodePieces(string text)
    {
        long[] ids = new long[Room];
        return ids[..Bundled.Tokenizer.EncodePieces(text, ids)];
    }

    private static long[] Encode(string text, int maxTokens)
    {
        long[] ids = new long[maxTokens];
        return ids[..Bundled.Tokenizer.Encode(text, ids)];
    }

    [GeneratedRegex(@"(\[(?:PAD|UNK|CLS|SEP|MASK)\])")]
    private static partial Regex SpecialToken();

    private sealed record TokenizerFile(int VocabSize, TokenizerCase[] Cases);

    private sealed record TokenizerCase(string Text, long[] Ids);
}
