namespace ArchRouter.Onnx;

/// <summary>A language model with room for one sequence of tokens: a prompt goes in, then answers to it, one after the other.</summary>
/// <remarks>
/// The seam between scoring and whatever runs the model. There is no separate way to rewind: a caller names the whole answer, and the
/// implementation keeps as much as it can of the one before. One that can keep nothing (DirectML takes no tokens after the first pass) starts
/// from zero and is slower, not wrong. One caller at a time.
/// </remarks>
internal interface ITokenModel
{
    /// <summary>The length of the logits; token ids are below it.</summary>
    int VocabularySize { get; }

    /// <summary>The longest sequence, prompt and answer together.</summary>
    int ContextLength { get; }

    /// <summary>Reads a prompt, on the calling thread.</summary>
    /// <param name="prompt">The prompt; not empty.</param>
    /// <param name="stable">How many tokens at its start come again with other prompts and are worth keeping.</param>
    /// <param name="cancellationToken">Stops the run soon; what was read by then may be kept.</param>
    /// <returns>The logits of the token that follows, valid until the next call.</returns>
    /// <exception cref="InvalidOperationException">The model gave a logit that is not a finite number.</exception>
    ReadOnlySpan<float> Start(ReadOnlySpan<int> prompt, int stable, CancellationToken cancellationToken);

    /// <summary>Reads an answer to the prompt in place of the answer before, on the calling thread.</summary>
    /// <param name="answer">The answer so far; not empty.</param>
    /// <param name="cancellationToken">Stops the run soon; a new start is needed then.</param>
    /// <returns>The logits of the token that follows, valid until the next call.</returns>
    /// <exception cref="InvalidOperationException">The model gave a logit that is not a finite number.</exception>
    ReadOnlySpan<float> Continue(ReadOnlySpan<int> answer, CancellationToken cancellationToken);
}
