using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ArchRouter;

/// <summary>SHA-256 over length-prefixed fields, so that no two different lists of fields give the same bytes.</summary>
internal sealed class ContentHash : IDisposable
{
    private const int HexLength = 16;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private ContentHash()
    {
    }

    public static string Of(Action<ContentHash> write)
    {
        using var hash = new ContentHash();
        write(hash);
        return Convert.ToHexStringLower(hash._hash.GetHashAndReset())[..HexLength];
    }

    public ContentHash Add(string? field)
    {
        Add(field?.Length ?? -1);
        _hash.AppendData(MemoryMarshal.AsBytes(field.AsSpan()));
        return this;
    }

    public ContentHash Add(long field)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, field);
        _hash.AppendData(bytes);
        return this;
    }

    public ContentHash Add(double field) => Add(BitConverter.DoubleToInt64Bits(field));

    public void Dispose() => _hash.Dispose();
}
