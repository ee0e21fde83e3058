using System.Text;

namespace ArchRouter.Onnx;

/// <summary>Walks the fields of a protobuf message in a stream and skips what nobody asks for, so that weights are never read.</summary>
internal sealed class ProtoCursor(Stream stream, long end)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;
    private int _wire;
    private long _next;

    public int Field { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <exception cref="InvalidDataException">The stream does not hold a message.</exception>
    public bool Read()
    {
        if (Field != 0)
        {
            stream.Position = _next;
        }

        if (stream.Position >= end)
        {
            return false;
        }

        ulong tag = ReadVarint();
        Field = (int)(tag >> 3);
        _wire = (int)(tag & 7);
        long start = stream.Position;
        _next = _wire switch
        {
            Varint => AfterVarint(),
            Fixed64 => start + sizeof(long),
            LengthDelimited => AfterLength(),
            Fixed32 => start + sizeof(int),
            _ => throw new InvalidDataException($"wire type {_wire} at byte {start}"),
        };
        return Field > 0 && _next >= start && _next <= end
            ? true
            : throw new InvalidDataException($"a field at byte {start} goes past the end of its message");
    }

    /// <summary>The message in the current field.</summary>
    public ProtoCursor Message() => _wire == LengthDelimited ? new(stream, _next) : throw new InvalidDataException($"field {Field} is not a message");

    /// <summary>The text in the current field.</summary>
    public string Text()
    {
        byte[] bytes = new byte[checked((int)(Message().Length))];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private long Length => end - stream.Position;

    // The value itself is not needed by anyone here; only where it ends.
    private long AfterVarint()
    {
        _ = ReadVarint();
        return stream.Position;
    }

    private long AfterLength()
    {
        long length = (long)ReadVarint();
        return length < 0 ? -1 : stream.Position + length;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int read = stream.ReadByte();
            if (read < 0)
            {
                throw new InvalidDataException("the file ends in the middle of a number");
            }

            value |= (ulong)(read & 0x7F) << shift;
            if (read < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException($"a number before byte {stream.Position} is too long");
    }
}
