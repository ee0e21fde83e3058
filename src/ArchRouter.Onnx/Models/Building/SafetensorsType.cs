using System.Runtime.InteropServices;

namespace ArchRouter.Onnx;

/// <summary>The element types of a safetensors file that weights come in.</summary>
internal enum SafetensorsType
{
    F32,
    F16,
    BF16,
}

/// <summary>Sizes and conversion of element types.</summary>
internal static class SafetensorsTypes
{
    public static int Bytes(this SafetensorsType type) => type == SafetensorsType.F32 ? sizeof(float) : sizeof(ushort);

    public static void ToFloats(this SafetensorsType type, ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        switch (type)
        {
            case SafetensorsType.F32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(floats);
                break;
            case SafetensorsType.F16:
                ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(bytes);
                for (int i = 0; i < halves.Length; i++)
                {
                    floats[i] = (float)halves[i];
                }

                break;
            default:
                ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (int i = 0; i < upper.Length; i++)
                {
                    floats[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                }

                break;
        }
    }
}
