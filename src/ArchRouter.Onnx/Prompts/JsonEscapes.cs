namespace ArchRouter.Onnx;

/// <summary>What is escaped in JSON strings beyond quotes, backslashes and control characters. The value of the string stays the same.</summary>
[Flags]
internal enum JsonEscapes
{
    None = 0,

    /// <summary>Everything outside printable ASCII as <c>\uXXXX</c> in lower case, astral characters as two: what Python does by default.</summary>
    NonAscii = 1,

    /// <summary><c>&lt;/</c> as <c>&lt;\/</c>, so that no text closes a block of the prompt.</summary>
    ClosingTags = 2,

    /// <summary><c>&lt;|</c> as <c>&lt;\u007c</c>, so that no text reads like a control token.</summary>
    ControlTokens = 4,

    /// <summary>A combining mark right behind an escape, which a tokenizer that composes would join to the escape's last letter.</summary>
    MarksBehindEscapes = 8,
}
