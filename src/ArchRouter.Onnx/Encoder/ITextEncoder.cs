namespace ArchRouter.Onnx;

/// <summary>Turns a text into a vector. The seam between the engine's bookkeeping and the model.</summary>
internal interface ITextEncoder : IDisposable
{
    /// <summary>Embeds one text on the calling thread; safe for concurrent callers.</summary>
    /// <param name="text">The text in the model's layout.</param>
    /// <param name="embedding">Receives the unit-length vector.</param>
    /// <param name="cancellationToken">Stops the run soon.</param>
    /// <returns>The logit of <c>other</c>, which means something only where the text is a conversation.</returns>
    float Encode(ReadOnlySpan<char> text, Span<float> embedding, CancellationToken cancellationToken);
}
