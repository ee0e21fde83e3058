using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ArchRouter.Onnx;

/// <summary>Writes the few protobuf field kinds that an ONNX file needs.</summary>
internal sealed class ProtoBuffer
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public ProtoBuffer Varint(int field, long value)
    {
        Raw((ulong)field << 3);
        Raw((ulong)value);
        return this;
    }

    public ProtoBuffer Float(int field, float value)
    {
        Raw(((ulong)field << 3) | 5);
        Span<byte> four = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        _bytes.Write(four);
        return this;
    }

    public ProtoBuffer Bytes(int field, ReadOnlySpan<byte> value)
    {
        Raw(((ulong)field << 3) | 2);
        Raw((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public ProtoBuffer Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoBuffer Message(int field, ProtoBuffer value) => Bytes(field, value._bytes.WrittenSpan);

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Raw((byte)(value | 0x80));
        }

        Raw((byte)value);
    }

    private void Raw(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
