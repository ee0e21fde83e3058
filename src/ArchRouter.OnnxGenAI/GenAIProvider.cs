namespace ArchRouter.OnnxGenAI;

/// <summary>What ONNX Runtime GenAI runs the router model on.</summary>
public enum GenAIProvider
{
    /// <summary>
    /// What the application was built for (MSBuild property <c>ArchRouterBackend</c>); where that is not known, DirectML on Windows and the
    /// processor elsewhere.
    /// </summary>
    Auto,

    /// <summary>Any DirectX 12 graphics processor on Windows. One model at a time in a process, and every pass reads its prompt from the start.</summary>
    DirectML,

    /// <summary>An NVIDIA graphics processor.</summary>
    Cuda,

    /// <summary>The processor.</summary>
    Cpu,
}
