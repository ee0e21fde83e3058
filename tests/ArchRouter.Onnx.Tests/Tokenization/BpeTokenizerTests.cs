using System.Text;
using CsCheck;

namespace ArchRouter.Onnx.Tests;

public sealed class BpeTokenizerTests
{
    private const int WordRuns = 100;
    private const int AllocatedPerCall = 256;

    private static readonly Gen<string> Text = Gen.OneOf(
            Gen.String,
            Gen.String["ab \n\r\t'1\u00e9\u0301\u1100\u1161\u11a8\ud83d\ude00"],
            Gen.OneOf("<|im_end|>", "<|im_start|>", "<|endoftext|>", "<tool_call>", "<file_sep>", "  ", "\n\n", "'s", "日本"))
        .Array[0, 8].Select(parts => string.Concat(parts).Replace('\ufffe', 'x').Replace('\uffff', 'x')); // The platform does not normalize noncharacters.

    public static TheoryData<string> Names => ["qwen2.5", "smollm2"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_KeepsTextThatLooksSpecialAsText(string name)
    {
        BpeTokenizer tokenizer = Tokenizers.Named(name);
        Text.Sample(text => Assert.Empty(tokenizer.Encode(text).Intersect(tokenizer.SpecialTokens)), iter: 1000);

        Assert.True(tokenizer.TryGetSpecial("<|im_end|>", out int end));
        Assert.Equal([end], tokenizer.Encode("<|im_end|>", allowSpecial: true));
        Assert.Equal("<|im_end|>", tokenizer.Decode(tokenizer.Encode("<|im_end|>")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_GivesAnyTextBack(string name)
    {
        BpeTokenizer tokenizer = Tokenizers.Named(name);
        Text.Sample(text => Assert.Equal(name == "qwen2.5" ? Whole(text).Normalize() : Whole(text), tokenizer.Decode(tokenizer.Encode(text))), iter: 1000);
    }

    [Fact]
    public void Encode_DoesNotTakeAddedTokensThatAreNotSpecialFromText()
    {
        int[] call = Tokenizers.Qwen.Encode("<tool_call>", allowSpecial: true);

        Assert.Single(call);
        Assert.False(Tokenizers.Qwen.TryGetSpecial("<tool_call>", out _));
        Assert.DoesNotContain(call[0], Tokenizers.Qwen.Encode("<tool_call>"));
    }

    // Lone surrogates do not survive as test arguments.
    [Fact]
    public void Encode_ReadsLoneSurrogatesAsReplacementCharacters() => Assert.All(
        (string[])["a\ud83d", "\ude42b", "\ude42\ud83d", "e\u0301\ud83d", "  \ud83d5"],
        text => Assert.Equal(Tokenizers.Qwen.Encode(Whole(text)), Tokenizers.Qwen.Encode(text)));

    [Theory]
    [InlineData("a", 20)]
    [InlineData(" ", 17)]
    [InlineData("\n", 17)]
    [InlineData("!", 17)]
    [InlineData("1", 17)]
    [InlineData("\u0301", 17)]
    [InlineData("日", 17)]
    public void Encode_ReadsAVeryLongRunOfOneCharacter(string one, int logLength)
    {
        string text = new(one[0], 1 << logLength);

        Assert.Equal(text, Tokenizers.Qwen.Decode(Tokenizers.Qwen.Encode(text)));
        Assert.Equal(text, Tokenizers.Smol.Decode(Tokenizers.Smol.Encode(text)));
    }

    [Fact]
    public void Encode_MergesLongWordsAsShortOnes()
    {
        // Both ways of merging must agree where either can be taken.
        BpeMerges merges = new(new()
        {
            [BpeMerges.Key(0, 0)] = new(2, 1),
            [BpeMerges.Key(1, 0)] = new(0, 2),
            [BpeMerges.Key(0, 1)] = new(1, 3),
            [BpeMerges.Key(1, 1)] = new(4, 4),
            [BpeMerges.Key(2, 3)] = new(3, 5),
        });
        Gen.Int[0, 2].Array[0, BpeShortWord.Longest].Sample(word =>
        {
            int[] shortWord = [.. word];
            int[] longWord = [.. word];

            Assert.Equal(shortWord[..BpeShortWord.Merge(merges, shortWord)], longWord[..BpeLongWord.Merge(merges, longWord)]);
        });
    }

    [Fact]
    public void Encode_RemembersABoundedNumberOfWords()
    {
        BpeTokenizer tokenizer = BpeTokenizer.Load(FixtureFile.PathOf("genai", "tiny-qwen2-int4", "tokenizer.json"));
        for (int i = 0; i < (2 * BpeWords.Capacity) + 100; i++)
        {
            tokenizer.Encode(new string([.. $"{i:x}".Select(digit => (char)('a' + Convert.ToInt32(digit.ToString(), 16)))]));
        }

        Assert.InRange(tokenizer.RememberedWords, 1, BpeWords.Capacity);
    }

    [Fact]
    public void Encode_AllocatesNothingPerWordItKnows()
    {
        // Its own, for tests beside this one could empty the memory of a shared one.
        BpeTokenizer tokenizer = BpeTokenizer.Load(FixtureFile.PathOf("genai", "tiny-qwen2-int4", "tokenizer.json"));
        string text = string.Concat(Enumerable.Repeat("Größe naïve 한국어 日本語 <|im_start|> why does this loop never end? ", WordRuns));
        List<int> ids = new(text.Length * 3);

        long allocated = Allocations.Of(() =>
        {
            ids.Clear();
            tokenizer.Encode(text, ids);
        });

        // Code that is not optimized yet allocates some objects a call; one for each word would be more than a hundred times that.
        Assert.InRange(allocated, 0, AllocatedPerCall);
    }

    [Fact]
    public void Encode_IsTheSameOnManyThreads()
    {
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => $"line {i}: {new string('x', i)} Größe {i * i}")];
        int[][] expected = [.. texts.Select(text => Tokenizers.Smol.Encode(text))];
        BpeTokenizer fresh = BpeTokenizer.Load(FixtureFile.PathOf("genai", "tiny-llama-int4", "tokenizer.json"));
        int[][] expectedFresh = [.. texts.Select(text => BpeTokenizer.Load(FixtureFile.PathOf("genai", "tiny-llama-int4", "tokenizer.json")).Encode(text)).Take(20)];

        Parallel.For(0, 2000, i => Assert.Equal(expected[i % texts.Length], Tokenizers.Smol.Encode(texts[i % texts.Length])));
        Parallel.For(0, 2000, i => Assert.Equal(expectedFresh[i % expectedFresh.Length], fresh.Encode(texts[i % expectedFresh.Length])));
    }

    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
