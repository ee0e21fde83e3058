namespace ArchRouter.OnnxGenAI;

/// <summary>
/// ONNX Runtime GenAI, as far as it is used here: a seam just wide enough that everything above it can be tested without the native library.
/// </summary>
internal interface IGenAILibrary
{
    /// <summary>Opens what shuts the library down when it is disposed: last, and once.</summary>
    IDisposable OpenHandle();

    /// <summary>Reads a folder's configuration.</summary>
    IGenAIConfig OpenConfig(string folder);

    /// <summary>Loads the model of a configuration, which must stay open for as long as the model.</summary>
    IGenAIModel LoadModel(IGenAIConfig config);

    /// <summary>Whether an error is the library's own, as opposed to the library not being there.</summary>
    bool IsFault(Exception error);
}
