namespace ArchRouter.OnnxGenAI;

/// <summary>How the numbers of a tensor are stored.</summary>
internal enum TensorNumbers
{
    Other,
    Single,
    Half,
}
