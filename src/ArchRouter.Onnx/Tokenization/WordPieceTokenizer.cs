using System.Text;

namespace ArchRouter.Onnx;

/// <summary>Turns text into the token ids of an uncased BERT model: clean, part, lower-case, drop accents, then match the longest pieces.</summary>
/// <remarks>
/// Immutable and thread-safe. Text is never trusted: <c>[SEP]</c> in a message is five characters, not the token. Microsoft.ML.Tokenizers
/// has a tokenizer of this kind, but it drops symbols such as <c>&lt;</c> and reads special tokens in text, so its ids are not the model's.
/// </remarks>
internal sealed class WordPieceTokenizer(WordPieceVocabulary vocabulary)
{
    public WordPieceVocabulary Vocabulary => vocabulary;

    /// <summary>Writes <c>[CLS]</c>, the text's tokens and <c>[SEP]</c>; reading stops when the destination is full.</summary>
    /// <param name="text">Any text; lone surrogates are dropped.</param>
    /// <param name="destination">Room for at least two tokens.</param>
    /// <returns>How many tokens were written.</returns>
    public int Encode(ReadOnlySpan<char> text, Span<long> destination)
    {
        destination[0] = vocabulary.Special.Begin;
        int count = EncodePieces(text, destination[1..^1]) + 1;
        destination[count] = vocabulary.Special.End;
        return count + 1;
    }

    /// <summary>Writes the text's tokens alone.</summary>
    public int EncodePieces(ReadOnlySpan<char> text, Span<long> destination)
    {
        var words = new WordPieceWriter(vocabulary, destination, stackalloc char[WordPieceWriter.BufferLength]);
        Span<Rune> bases = stackalloc Rune[4];
        for (int i = 0; i < text.Length && !words.IsFull;)
        {
            Rune.DecodeFromUtf16(text[i..], out Rune rune, out int used);
            i += used;
            if (rune.IsAscii)
            {
                Add(ref words, rune);
            }
            else if (!BertCharacters.IsDropped(rune) && !IsMark(rune))
            {
                AddBases(ref words, rune, bases);
            }
        }

        words.EndWord();
        return words.Count;
    }

    private static void AddBases(ref WordPieceWriter words, Rune rune, Span<Rune> bases)
    {
        bool alone = BertCharacters.IsIdeograph(rune);
        if (alone)
        {
            words.EndWord();
        }

        foreach (Rune part in bases[..BaseLetters.Decompose(rune, bases)])
        {
            Add(ref words, part);
        }

        if (alone)
        {
            words.EndWord();
        }
    }

    private static void Add(ref WordPieceWriter words, Rune rune)
    {
        if (BertCharacters.IsSpace(rune) && rune.Value is not ('\v' or '\f'))
        {
            words.EndWord();
        }
        else if (BertCharacters.IsPunctuation(rune))
        {
            words.EndWord();
            words.Append(rune);
            words.EndWord();
        }
        else if (!rune.IsAscii || rune.Value is >= ' ' and < 0x7F)
        {
            words.Append(Rune.ToLowerInvariant(rune));
        }
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.NonSpacingMark;
}
