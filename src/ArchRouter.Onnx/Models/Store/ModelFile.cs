namespace ArchRouter.Onnx;

/// <summary>A file of a model at a pinned revision.</summary>
/// <param name="Path">Its path in the repository, with <c>/</c> between folders.</param>
/// <param name="Sha256">The SHA-256 of its bytes in hexadecimal. It is checked when the file is fetched, and a file that has another gets no place in the model's folder; afterwards only lengths are compared.</param>
/// <param name="Size">Its length in bytes, or <see langword="null"/> if that is not known.</param>
public sealed record ModelFile(string Path, string Sha256, long? Size = null);
