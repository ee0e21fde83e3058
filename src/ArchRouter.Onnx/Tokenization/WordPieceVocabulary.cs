namespace ArchRouter.Onnx;

/// <summary>The pieces of a WordPiece vocabulary, looked up by span.</summary>
internal sealed class WordPieceVocabulary
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _beginnings;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _continuations;

    /// <param name="beginnings">Pieces that begin a word.</param>
    /// <param name="continuations">Pieces that continue one, without their prefix.</param>
    /// <param name="special">The ids of the special tokens.</param>
    /// <param name="size">One more than the highest id.</param>
    public WordPieceVocabulary(Dictionary<string, int> beginnings, Dictionary<string, int> continuations, SpecialTokens special, int size)
    {
        _beginnings = beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
        _continuations = continuations.GetAlternateLookup<ReadOnlySpan<char>>();
        LongestPiece = beginnings.Keys.Concat(continuations.Keys).Select(piece => piece.Length).DefaultIfEmpty().Max();
        Special = special;
        Size = size;
    }

    /// <summary>The length of the longest piece in UTF-16 code units; nothing longer needs looking up.</summary>
    public int LongestPiece { get; }

    public SpecialTokens Special { get; }

    public int Size { get; }

    /// <summary>The longest piece that a text begins with.</summary>
    /// <param name="text">The rest of a word.</param>
    /// <param name="continues">Whether something of the word stands before it.</param>
    /// <param name="length">The piece's length, 0 if there is none.</param>
    public int Longest(ReadOnlySpan<char> text, bool continues, out int length)
    {
        for (length = Math.Min(text.Length, LongestPiece); length > 0; length--)
        {
            if ((continues ? _continuations : _beginnings).TryGetValue(text[..length], out int id))
            {
                return id;
            }
        }

        return Special.Unknown;
    }

    /// <summary>The ids of tokens that only the engine itself may write.</summary>
    internal readonly record struct SpecialTokens(int Unknown, int Begin, int End);
}
