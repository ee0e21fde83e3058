namespace ArchRouter.Onnx;

/// <summary>What can be learnt of an ONNX file without loading its weights.</summary>
/// <param name="Operators">The operators that its nodes use.</param>
/// <param name="ExternalBytes">The files beside it that hold weights, and how long each must be at least.</param>
internal sealed record OnnxContents(IReadOnlySet<string> Operators, IReadOnlyDictionary<string, long> ExternalBytes)
{
    /// <summary>The attention that can append to its cache in place.</summary>
    private const string SharingAttention = "GroupQueryAttention";

    /// <summary>Other attention of the same kind, which makes a new cache each time.</summary>
    private static readonly string[] CopyingAttention = ["MultiHeadAttention", "Attention", "DecoderMaskedMultiHeadAttention", "Softmax"];

    /// <summary>Whether past and present may be one buffer.</summary>
    public bool CanShareCache => Operators.Contains(SharingAttention) && !CopyingAttention.Any(Operators.Contains);
}
