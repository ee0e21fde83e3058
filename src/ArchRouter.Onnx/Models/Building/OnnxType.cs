namespace ArchRouter.Onnx;

/// <summary>The element types of an ONNX file that a decoder needs, by their numbers there.</summary>
internal enum OnnxType
{
    Float = 1,
    UInt8 = 2,
    Int32 = 6,
    Int64 = 7,
    Float16 = 10,
}
