namespace ArchRouter.Onnx;

/// <summary>The places in which sequences are kept, lent to one caller each.</summary>
internal interface ITokenModels : IDisposable
{
    /// <summary>The length of the logits of every place.</summary>
    int VocabularySize { get; }

    /// <summary>The longest sequence of every place.</summary>
    int ContextLength { get; }

    /// <summary>Lends the place that suits a prompt best. Callers keep to the number of places; thread-safe.</summary>
    /// <param name="prompt">The prompt that will be read.</param>
    /// <param name="stable">How many tokens at its start come again with other prompts.</param>
    ITokenModel Rent(ReadOnlySpan<int> prompt, int stable);

    /// <summary>Takes a place back.</summary>
    void Return(ITokenModel model);
}
