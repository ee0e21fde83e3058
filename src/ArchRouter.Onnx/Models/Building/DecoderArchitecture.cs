namespace ArchRouter.Onnx;

/// <summary>The decoder architectures that can be built.</summary>
internal enum DecoderArchitecture
{
    Qwen2,
    Llama,
}
