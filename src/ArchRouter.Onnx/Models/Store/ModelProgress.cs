namespace ArchRouter.Onnx;

/// <summary>How far the work on a model's file is.</summary>
/// <param name="File">The file's name in the model's folder.</param>
/// <param name="Done">The bytes done.</param>
/// <param name="Total">All its bytes, or <see langword="null"/> if that is not known.</param>
public readonly record struct ModelProgress(string File, long Done, long? Total);
