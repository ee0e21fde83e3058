using System.Globalization;
using System.Text;

namespace ArchRouter.Onnx;

/// <summary>Unicode's canonical decompositions, compositions and combining classes, read once.</summary>
/// <remarks>The table travels with the library for the reason given at <see cref="BaseLetters"/>.</remarks>
internal sealed class CanonicalData
{
    public static readonly CanonicalData Instance = new();

    private readonly Dictionary<int, int[]> _decompositions = new(2100);
    private readonly Dictionary<long, int> _compositions = new(1000);
    private readonly Dictionary<int, byte> _classes = new(1000);
    private readonly HashSet<int> _unsettled = [];

    private CanonicalData()
    {
        using Stream stream = typeof(CanonicalData).Assembly.GetManifestResourceStream("ArchRouter.Onnx.canonical.txt")!;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        while (reader.ReadLine() is { } line)
        {
            switch (line[0])
            {
                case '#':
                    break;
                case '=':
                    AddClass(line[1..].Split([' ', '-']));
                    break;
                default:
                    AddDecomposition(line.TrimStart('!'), composes: line[0] != '!');
                    break;
            }
        }
    }

    /// <summary>Whether a character may change, or may change its neighbours, in canonical composition.</summary>
    public bool IsUnsettled(int code) => _unsettled.Contains(code);

    public int ClassOf(int code) => _classes.GetValueOrDefault(code);

    public int[]? DecompositionOf(int code) => _decompositions.GetValueOrDefault(code);

    /// <summary>The one character for two, or -1.</summary>
    public int Compose(int first, int second) => _compositions.GetValueOrDefault(Key(first, second), -1);

    private void AddClass(string[] fields)
    {
        byte combining = byte.Parse(fields[0], CultureInfo.InvariantCulture);
        int last = Hex(fields[2]);
        for (int code = Hex(fields[1]); code <= last; code++)
        {
            _classes.Add(code, combining);
            _unsettled.Add(code);
        }
    }

    private void AddDecomposition(string line, bool composes)
    {
        int[] codes = [.. line.Split(' ').Select(Hex)];
        _decompositions.Add(codes[0], codes[1..]);
        if (composes)
        {
            _compositions.Add(Key(codes[1], codes[2]), codes[0]);
        }

        _unsettled.Add(composes ? codes[2] : codes[0]);
    }

    private static long Key(int first, int second) => ((long)first << 32) | (uint)second;

    private static int Hex(string code) => int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
