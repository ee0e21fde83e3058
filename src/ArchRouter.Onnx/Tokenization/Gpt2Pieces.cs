namespace ArchRouter.Onnx;

/// <summary>
/// GPT-2's pattern, the one that <c>ByteLevel</c> stands for:
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.
/// </summary>
internal sealed class Gpt2Pieces(Gpt2Pieces.Digits digits) : TextPieces
{
    /// <summary>What a <c>Digits</c> step before the pattern does.</summary>
    public enum Digits
    {
        /// <summary>There is none.</summary>
        Untouched,

        /// <summary>Runs of digits are parted from everything else.</summary>
        Grouped,

        /// <summary>Every digit is parted.</summary>
        Single,
    }

    public override int Next(ReadOnlySpan<char> text)
    {
        if (Contraction(text, anyCase: false) is > 0 and int contraction)
        {
            return contraction;
        }

        int start = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        CharacterKind kind = CharacterKinds.First(text[start..], out int length);
        if (kind == CharacterKind.Number && start > 0 && digits != Digits.Untouched)
        {
            // The space is the last of its part: the digits behind it are parted off already.
            return start;
        }

        if (kind is not (CharacterKind.Space or CharacterKind.LineBreak))
        {
            return start + (kind == CharacterKind.Number && digits == Digits.Single ? length : CharacterKinds.Run(text[start..], kind));
        }

        int run = SpaceRun(text);
        return Spaces(run, run < text.Length && (digits == Digits.Untouched || CharacterKinds.First(text[run..], out _) != CharacterKind.Number));
    }
}
