using System.Text;

namespace ArchRouter.Onnx;

/// <summary>Gathers the characters of one word after the other and writes their pieces.</summary>
internal ref struct WordPieceWriter(WordPieceVocabulary vocabulary, Span<long> destination, Span<char> buffer)
{
    /// <summary>The longest word that is matched, in code points; longer ones become the unknown token, as in training.</summary>
    private const int LongestWord = 100;

    /// <summary>Room for the longest word.</summary>
    public const int BufferLength = LongestWord * 2;

    private readonly WordPieceVocabulary _vocabulary = vocabulary;
    private readonly Span<long> _destination = destination;
    private readonly Span<char> _buffer = buffer;
    private int _length;
    private int _runes;

    public int Count { get; private set; }

    public readonly bool IsFull => Count >= _destination.Length;

    public void Append(Rune rune)
    {
        if (++_runes <= LongestWord)
        {
            _length += rune.EncodeToUtf16(_buffer[_length..]);
        }
    }

    public void EndWord()
    {
        if (_runes > LongestWord)
        {
            Write(_vocabulary.Special.Unknown);
        }
        else if (_length > 0)
        {
            WritePieces(_buffer[.._length]);
        }

        _length = 0;
        _runes = 0;
    }

    private void WritePieces(ReadOnlySpan<char> word)
    {
        int start = Count;
        for (int i = 0; i < word.Length;)
        {
            int id = _vocabulary.Longest(word[i..], continues: i > 0, out int length);
            if (length == 0)
            {
                // A word with one unknown part is unknown as a whole, also when its first pieces were the last to fit.
                Count = start;
                Write(id);
                return;
            }

            Write(id);
            i += length;
        }
    }

    private void Write(int id)
    {
        if (!IsFull)
        {
            _destination[Count++] = id;
        }
    }
}
