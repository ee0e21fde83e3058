namespace ArchRouter.Onnx;

/// <summary>A language model with room for one sequence of tokens: the sequence goes in, the logits of the token after it come out.</summary>
/// <remarks>
/// The seam between scoring and whatever runs the model. There is no separate way to append or to rewind: a caller passes the whole sequence,
/// and the implementation keeps of the sequence before as much as it can, up to the longest common prefix. One that can keep nothing (DirectML
/// takes no tokens after the first pass) starts from zero and is slower, not wrong. One caller at a time.
/// </remarks>
internal interface ITokenModel
{
    /// <summary>The length of the logits; token ids are below it.</summary>
    int VocabularySize { get; }

    /// <summary>The longest sequence.</summary>
    int ContextLength { get; }

    /// <summary>Runs the model on the calling thread.</summary>
    /// <param name="tokens">The whole sequence: 1 to <see cref="ContextLength"/> tokens.</param>
    /// <param name="cancellationToken">Stops the run soon. What was finished by then is kept; the next call may use it.</param>
    /// <returns>The logits of the token that follows, all finite; valid until the next call.</returns>
    /// <exception cref="InvalidOperationException">The model gave a logit that is not a finite number.</exception>
    ReadOnlySpan<float> Next(ReadOnlySpan<int> tokens, CancellationToken cancellationToken);
}
