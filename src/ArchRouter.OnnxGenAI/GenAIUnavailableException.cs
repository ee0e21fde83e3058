namespace ArchRouter.OnnxGenAI;

/// <summary>ONNX Runtime GenAI is not there, or not for the provider that was asked for. The message says which package to add.</summary>
public sealed class GenAIUnavailableException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="provider">What the model should have run on.</param>
    /// <param name="message">What is missing and how to mend it.</param>
    /// <param name="innerException">The cause.</param>
    public GenAIUnavailableException(GenAIProvider provider, string message, Exception? innerException = null)
        : base(message, innerException) => Provider = provider;

    /// <summary>What the model should have run on.</summary>
    public GenAIProvider Provider { get; }
}
