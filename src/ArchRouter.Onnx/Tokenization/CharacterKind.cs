using System.Buffers;
using System.Globalization;
using System.Text;

namespace ArchRouter.Onnx;

/// <summary>What the patterns of byte-level tokenizers tell apart.</summary>
internal enum CharacterKind
{
    Other,
    Letter,
    Number,
    Space,
    LineBreak,
}

/// <summary>Reads the kind of the character at the start of a text.</summary>
internal static class CharacterKinds
{
    /// <param name="text">Some text; a lone surrogate counts as U+FFFD, which is how it is written in UTF-8.</param>
    /// <param name="length">The character's length in UTF-16 code units.</param>
    public static CharacterKind First(ReadOnlySpan<char> text, out int length)
    {
        char c = text[0];
        if (c < 0x80)
        {
            length = 1;
            return char.IsAsciiLetter(c) ? CharacterKind.Letter
                : char.IsAsciiDigit(c) ? CharacterKind.Number
                : c is '\n' or '\r' ? CharacterKind.LineBreak
                : c is ' ' or (>= '\t' and <= '\f') ? CharacterKind.Space
                : CharacterKind.Other;
        }

        return Rune.DecodeFromUtf16(text, out Rune rune, out length) != OperationStatus.Done ? CharacterKind.Other
            : Rune.IsWhiteSpace(rune) ? CharacterKind.Space
            : Of(Rune.GetUnicodeCategory(rune));
    }

    /// <summary>The length of the run of characters of one kind that a text begins with.</summary>
    public static int Run(ReadOnlySpan<char> text, CharacterKind kind, int most = int.MaxValue)
    {
        int i = 0;
        for (; i < text.Length && most > 0 && First(text[i..], out int length) == kind; most--)
        {
            i += length;
        }

        return i;
    }

    private static CharacterKind Of(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.OtherLetter => CharacterKind.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterKind.Number,
        _ => CharacterKind.Other,
    };
}
