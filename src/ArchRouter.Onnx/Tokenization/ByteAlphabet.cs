namespace ArchRouter.Onnx;

/// <summary>
/// The characters that stand for bytes in the files of byte-level tokenizers: printable Latin-1 characters stand for themselves, the
/// other bytes for U+0100 and up in their order.
/// </summary>
internal static class ByteAlphabet
{
    private const int Others = 68;
    private static readonly char[] Chars = [.. MakeChars()];
    private static readonly short[] Bytes = MakeBytes();

    public static char CharOf(byte value) => Chars[value];

    /// <summary>Reads a token of a file as bytes.</summary>
    /// <returns><see langword="false"/> if a character stands for no byte.</returns>
    public static bool TryRead(ReadOnlySpan<char> token, Span<byte> destination)
    {
        for (int i = 0; i < token.Length; i++)
        {
            if (token[i] >= Bytes.Length || Bytes[token[i]] < 0)
            {
                return false;
            }

            destination[i] = (byte)Bytes[token[i]];
        }

        return true;
    }

    private static bool StandsForItself(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);

    private static IEnumerable<char> MakeChars()
    {
        int next = 0x100;
        for (int value = 0; value < 256; value++)
        {
            yield return (char)(StandsForItself(value) ? value : next++);
        }
    }

    private static short[] MakeBytes()
    {
        short[] bytes = new short[0x100 + Others];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < Chars.Length; value++)
        {
            bytes[Chars[value]] = (short)value;
        }

        return bytes;
    }
}
