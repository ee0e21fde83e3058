using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ArchRouter.Onnx;

/// <summary>What is left of a character when it is decomposed canonically and its nonspacing marks are dropped: <c>é</c> gives <c>e</c>.</summary>
/// <remarks>
/// The table travels with the library because <see cref="string.Normalize()"/> does nothing where globalization is invariant, which is how
/// most slim containers run: the same text would silently become other tokens there.
/// </remarks>
internal static class BaseLetters
{
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;
    private const int VowelsTimesFinals = 588;
    private const int Finals = 28;
    private static readonly FrozenDictionary<int, Rune[]> Table = Read();

    /// <summary>Writes the base characters of a rune.</summary>
    /// <param name="rune">Any rune that is not itself a nonspacing mark.</param>
    /// <param name="destination">Room for at least three runes.</param>
    /// <returns>How many were written.</returns>
    public static int Decompose(Rune rune, Span<Rune> destination)
    {
        if (rune.Value is >= HangulFirst and <= HangulLast)
        {
            return DecomposeHangul(rune.Value - HangulFirst, destination);
        }

        if (Table.TryGetValue(rune.Value, out Rune[]? bases))
        {
            bases.CopyTo(destination);
            return bases.Length;
        }

        destination[0] = rune;
        return 1;
    }

    private static int DecomposeHangul(int syllable, Span<Rune> destination)
    {
        destination[0] = new Rune(0x1100 + (syllable / VowelsTimesFinals));
        destination[1] = new Rune(0x1161 + (syllable % VowelsTimesFinals / Finals));
        int final = syllable % Finals;
        if (final == 0)
        {
            return 2;
        }

        destination[2] = new Rune(0x11A7 + final);
        return 3;
    }

    private static FrozenDictionary<int, Rune[]> Read()
    {
        using Stream stream = typeof(BaseLetters).Assembly.GetManifestResourceStream("ArchRouter.Onnx.base-letters.txt")!;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Dictionary<int, Rune[]> table = new(2100);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                int[] codes = [.. line.Split(' ').Select(code => int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
                table.Add(codes[0], [.. codes.Skip(1).Select(code => new Rune(code))]);
            }
        }

        return table.ToFrozenDictionary();
    }
}
