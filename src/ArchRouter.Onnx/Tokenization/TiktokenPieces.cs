namespace ArchRouter.Onnx;

/// <summary>
/// The pattern of Qwen 2 and later and of Llama 3:
/// <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,n}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
/// </summary>
/// <param name="mostDigits">How many digits a piece holds at most.</param>
internal sealed class TiktokenPieces(int mostDigits) : TextPieces
{
    public override int Next(ReadOnlySpan<char> text)
    {
        if (Contraction(text, anyCase: true) is > 0 and int contraction)
        {
            return contraction;
        }

        CharacterKind kind = CharacterKinds.First(text, out int length);
        switch (kind)
        {
            case CharacterKind.Letter:
                return CharacterKinds.Run(text, kind);
            case CharacterKind.Number:
                return CharacterKinds.Run(text, kind, mostDigits);
            case CharacterKind.Other or CharacterKind.Space when CharacterKinds.Run(text[length..], CharacterKind.Letter) is > 0 and int letters:
                return length + letters;
        }

        int start = text[0] == ' ' ? 1 : 0;
        int symbols = CharacterKinds.Run(text[start..], CharacterKind.Other);
        if (symbols > 0)
        {
            int end = start + symbols;
            return end + CharacterKinds.Run(text[end..], CharacterKind.LineBreak);
        }

        int run = SpaceRun(text);
        int lastBreak = text[..run].LastIndexOfAny('\r', '\n');
        return lastBreak >= 0 ? lastBreak + 1 : Spaces(run, run < text.Length);
    }
}
