namespace ArchRouter.Onnx;

/// <summary>Parts text into the pieces that a tokenizer merges each for itself. Reads forward only, so every piece's end is a safe place to part text.</summary>
internal abstract class TextPieces
{
    /// <summary>The length of the piece that a text begins with.</summary>
    /// <param name="text">The rest of the text, not empty.</param>
    public abstract int Next(ReadOnlySpan<char> text);

    /// <summary><c>'s|'t|'re|'ve|'m|'ll|'d</c>: the length of an English contraction at the start of a text, or 0.</summary>
    protected static int Contraction(ReadOnlySpan<char> text, bool anyCase)
    {
        if (text.Length < 2 || text[0] != '\'')
        {
            return 0;
        }

        char first = Fold(text[1], anyCase);
        if (first is 's' or 't' or 'm' or 'd')
        {
            return 2;
        }

        char second = text.Length > 2 ? Fold(text[2], anyCase) : '\0';
        return (first, second) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    /// <summary><c>\s+(?!\S)|\s+</c> for a run of white space: its last character goes to what follows, if something does.</summary>
    /// <remarks>White space is never an astral character, so its last one is one code unit.</remarks>
    protected static int Spaces(int run, bool somethingFollows) => somethingFollows && run > 1 ? run - 1 : run;

    protected static int SpaceRun(ReadOnlySpan<char> text)
    {
        int i = 0;
        while (i < text.Length && CharacterKinds.First(text[i..], out _) is CharacterKind.Space or CharacterKind.LineBreak)
        {
            i++;
        }

        return i;
    }

    // U+017F, the long s, is the one other character that folds to a letter of these.
    private static char Fold(char c, bool anyCase) => !anyCase ? c : c == '\u017f' ? 's' : char.ToLowerInvariant(c);
}
