using System.Buffers;
using System.Text;

namespace ArchRouter.Onnx;

/// <summary>Turns text into the tokens of a byte-level BPE model as its <c>tokenizer.json</c> says, and back.</summary>
/// <remarks>Thread-safe. Allocates for words met the first time, and for the list it adds to.</remarks>
internal sealed class BpeTokenizer
{
    private readonly BpeVocabulary _vocabulary;
    private readonly BpeWords _words;
    private readonly BpeText _text;
    private readonly AddedTokens _raw;
    private readonly AddedTokens _normalized;
    private readonly Dictionary<string, int> _special;

    public BpeTokenizer(BpeVocabulary vocabulary, BpeText text, IReadOnlyList<AddedToken> added)
    {
        _vocabulary = vocabulary;
        _words = new(vocabulary);
        _text = text;
        _raw = new(added.Where(token => !token.AfterNormalization));
        _normalized = new(added.Where(token => token.AfterNormalization));
        _special = added.Where(token => token.IsSpecial).ToDictionary(token => token.Text, token => token.Id, StringComparer.Ordinal);
    }

    /// <summary>One more than the highest id.</summary>
    public int VocabularySize => _vocabulary.Size;

    /// <summary>The ids of all control tokens.</summary>
    public IReadOnlyCollection<int> SpecialTokens => _special.Values;

    internal int RememberedWords => _words.Count;

    /// <summary>Loads the file of a model.</summary>
    /// <exception cref="ModelFolderException">The file is missing, broken, or of a kind whose tokens would be wrong.</exception>
    public static BpeTokenizer Load(string path)
    {
        string full = Path.GetFullPath(path);
        var report = new ModelFolderReport(Path.GetDirectoryName(full)!);
        BpeTokenizer? tokenizer = BpeFile.Read(Path.GetFileName(full), report);
        report.ThrowIfAny();
        return tokenizer!;
    }

    /// <summary>The id of a control token such as <c>&lt;|im_end|&gt;</c>.</summary>
    public bool TryGetSpecial(string token, out int id) => _special.TryGetValue(token, out id);

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">Any text; a lone surrogate is read as U+FFFD.</param>
    /// <param name="allowSpecial">Whether added tokens in the text become their ids. Never for text from outside: there they stay text.</param>
    public int[] Encode(ReadOnlySpan<char> text, bool allowSpecial = false)
    {
        List<int> ids = [];
        Encode(text, ids, allowSpecial);
        return [.. ids];
    }

    /// <summary>Adds the tokens of a text to a list.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, bool)"/>
    public void Encode(ReadOnlySpan<char> text, List<int> ids, bool allowSpecial = false)
    {
        int start;
        while (allowSpecial && (start = _raw.Find(text, out AddedToken found)) >= 0)
        {
            EncodePart(text[..start], ids, allowSpecial);
            ids.Add(found.Id);
            text = text[(start + found.Text.Length)..];
        }

        EncodePart(text, ids, allowSpecial);
    }

    /// <summary>The text of tokens; bytes that are no UTF-8 become U+FFFD, unknown ids nothing.</summary>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var bytes = new ArrayBufferWriter<byte>(Math.Max(16, ids.Length * 4));
        foreach (int id in ids)
        {
            bytes.Write(_vocabulary.BytesOf(id));
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private void EncodePart(ReadOnlySpan<char> text, List<int> ids, bool allowSpecial)
    {
        text = _text.Normalize(text);
        int start;
        while (allowSpecial && (start = _normalized.Find(text, out AddedToken found)) >= 0)
        {
            EncodeWords(text[..start], ids);
            ids.Add(found.Id);
            text = text[(start + found.Text.Length)..];
        }

        EncodeWords(text, ids);
    }

    private void EncodeWords(ReadOnlySpan<char> text, List<int> ids)
    {
        while (!text.IsEmpty)
        {
            int length = _text.Pieces.Next(text);
            _words.Append(text[..length], ids);
            text = text[length..];
        }
    }
}

/// <summary>What happens to text before its words are merged.</summary>
/// <param name="Pieces">How it is parted.</param>
/// <param name="Composes">Whether it is brought into normalization form C first.</param>
internal sealed record BpeText(TextPieces Pieces, bool Composes)
{
    public ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text) =>
        Composes && !CanonicalComposition.IsSettled(text) ? CanonicalComposition.Compose(text) : text;
}
