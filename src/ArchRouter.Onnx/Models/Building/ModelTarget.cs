namespace ArchRouter.Onnx;

/// <summary>What a converted model is made for.</summary>
public enum ModelTarget
{
    /// <summary>The processor: single precision between the layers.</summary>
    Cpu,

    /// <summary>
    /// DirectML on Windows: half precision between the layers. It runs on a processor too, more slowly and with half precision's rounding.
    /// </summary>
    DirectML,
}
