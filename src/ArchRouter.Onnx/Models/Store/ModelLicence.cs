namespace ArchRouter.Onnx;

/// <summary>The licence that a person has to accept before a model is fetched.</summary>
/// <param name="Id">Its identifier, such as <c>apache-2.0</c>.</param>
/// <param name="Url">Where its text is, or <see langword="null"/> if the id says it all.</param>
public sealed record ModelLicence(string Id, Uri? Url = null);
