using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads what a <c>tokenizer.json</c> does to text before merging. What is not known exactly is refused: the tokens would be wrong.</summary>
internal static class BpeTextReader
{
    private const string Words = @"[^\r\n\p{L}\p{N}]?\p{L}+|";
    private const string Rest = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly (string Pattern, Func<TextPieces> Make)[] Patterns =
    [
        (@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|" + Words + @"\p{N}" + Rest, () => new TiktokenPieces(1)),
        (@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|" + Words + @"\p{N}{1,3}" + Rest, () => new TiktokenPieces(3)),
        (@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", () => new Gpt2Pieces(Gpt2Pieces.Digits.Untouched)),
    ];

    public static BpeText? Read(TokenizerJson json)
    {
        JsonElement normalizer = json["normalizer"];
        JsonElement[] normalizers = Steps(normalizer, "normalizers");
        if (normalizers.Any(step => !TokenizerJson.IsText(TokenizerJson.Get(step, "type"), "NFC")))
        {
            json.Wrong($"The normalizer is {TokenizerJson.Show(normalizer)}; this version knows none and NFC.");
        }

        JsonElement preTokenizer = json["pre_tokenizer"];
        if (Pieces(Steps(preTokenizer, "pretokenizers")) is { } pieces)
        {
            return new(pieces, Composes: normalizers.Length > 0);
        }

        json.Wrong($"The pre-tokenizer is {TokenizerJson.Show(preTokenizer)}, which this version does not know.");
        return null;
    }

    private static JsonElement[] Steps(JsonElement element, string listName) =>
        TokenizerJson.IsUnset(element) ? []
        : TokenizerJson.IsText(TokenizerJson.Get(element, "type"), "Sequence") && TokenizerJson.Get(element, listName) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()]
        : [element];

    private static TextPieces? Pieces(JsonElement[] steps)
    {
        if (steps.Length is 0 or > 2 || !IsByteLevel(steps[^1], out bool hasPattern))
        {
            return null;
        }

        if (steps.Length == 1)
        {
            return hasPattern ? new Gpt2Pieces(Gpt2Pieces.Digits.Untouched) : null;
        }

        JsonElement first = steps[0];
        JsonElement type = TokenizerJson.Get(first, "type");
        return hasPattern && TokenizerJson.IsText(type, "Digits")
                ? new Gpt2Pieces(TokenizerJson.IsTrue(TokenizerJson.Get(first, "individual_digits")) ? Gpt2Pieces.Digits.Single : Gpt2Pieces.Digits.Grouped)
            : !hasPattern && TokenizerJson.IsText(type, "Split") ? SplitPieces(first)
            : null;
    }

    private static TextPieces? SplitPieces(JsonElement split)
    {
        JsonElement regex = TokenizerJson.Get(split, "pattern", "Regex");
        bool plain = TokenizerJson.IsText(TokenizerJson.Get(split, "behavior"), "Isolated") && !TokenizerJson.IsTrue(TokenizerJson.Get(split, "invert"));
        return plain ? Patterns.FirstOrDefault(known => TokenizerJson.IsText(regex, known.Pattern)).Make?.Invoke() : null;
    }

    private static bool IsByteLevel(JsonElement step, out bool hasPattern)
    {
        // Absent means true, as in the first versions of the format.
        hasPattern = TokenizerJson.IsUnset(TokenizerJson.Get(step, "use_regex"), "True");
        return TokenizerJson.IsText(TokenizerJson.Get(step, "type"), "ByteLevel")
            && TokenizerJson.Get(step, "add_prefix_space").ValueKind == JsonValueKind.False;
    }
}
