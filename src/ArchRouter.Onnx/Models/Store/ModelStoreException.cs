namespace ArchRouter.Onnx;

/// <summary>A model could not be had. The message names the file and the remedy; nothing half-written was left in a model's folder.</summary>
public sealed class ModelStoreException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="error">Why.</param>
    /// <param name="file">The file, folder or id that it is about.</param>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="fix">How to mend it.</param>
    /// <param name="innerException">The error behind it, if there was one.</param>
    public ModelStoreException(ModelStoreError error, string file, string message, string fix, Exception? innerException = null)
        : base($"{file}: {message} {fix}", innerException) => (Error, File, Fix) = (error, file, fix);

    /// <summary>Why.</summary>
    public ModelStoreError Error { get; }

    /// <summary>The file, folder or id that it is about.</summary>
    public string File { get; }

    /// <summary>How to mend it.</summary>
    public string Fix { get; }
}
