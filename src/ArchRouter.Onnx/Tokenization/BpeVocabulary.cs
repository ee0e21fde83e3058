namespace ArchRouter.Onnx;

/// <summary>The tokens of a byte-level vocabulary: their bytes, and the words that are tokens as they stand.</summary>
internal sealed class BpeVocabulary
{
    private readonly byte[]?[] _bytes;
    private readonly int[] _byteTokens = new int[256];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>? _wholeWords;

    /// <param name="bytes">Every token's bytes by id; ids may have gaps.</param>
    /// <param name="merges">The merges.</param>
    /// <param name="wholeWords">Where the file says that whole words are not merged: the tokens by their bytes in <see cref="ByteAlphabet"/>.</param>
    public BpeVocabulary(byte[]?[] bytes, BpeMerges merges, Dictionary<string, int>? wholeWords)
    {
        _bytes = bytes;
        Merges = merges;
        _wholeWords = wholeWords?.GetAlternateLookup<ReadOnlySpan<char>>();
        Array.Fill(_byteTokens, -1);
        for (int id = bytes.Length - 1; id >= 0; id--)
        {
            if (bytes[id] is [byte single])
            {
                _byteTokens[single] = id;
            }
        }
    }

    public BpeMerges Merges { get; }

    /// <summary>One more than the highest id.</summary>
    public int Size => _bytes.Length;

    public ReadOnlySpan<byte> BytesOf(int token) => (uint)token < (uint)_bytes.Length ? _bytes[token] : default;

    /// <summary>Writes the tokens of single bytes; a byte without one is dropped, as the format has it.</summary>
    public int Spell(ReadOnlySpan<byte> word, Span<int> tokens)
    {
        int count = 0;
        foreach (byte value in word)
        {
            if (_byteTokens[value] >= 0)
            {
                tokens[count++] = _byteTokens[value];
            }
        }

        return count;
    }

    public bool TryGetWholeWord(ReadOnlySpan<byte> word, out int token)
    {
        const int Longest = 512;
        token = -1;
        if (_wholeWords is not { } words || word.Length > Longest)
        {
            return false;
        }

        Span<char> chars = stackalloc char[word.Length];
        for (int i = 0; i < word.Length; i++)
        {
            chars[i] = ByteAlphabet.CharOf(word[i]);
        }

        return words.TryGetValue(chars, out token);
    }
}
