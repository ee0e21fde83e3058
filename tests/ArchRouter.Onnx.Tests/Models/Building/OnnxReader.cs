using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ArchRouter.Onnx.Tests;

/// <summary>Reads the parts of an ONNX file that tests compare. Field numbers are those of onnx.proto.</summary>
internal sealed class OnnxReader
{
    private readonly string _folder;

    private OnnxReader(string folder)
    {
        _folder = folder;
        List<Field> model = Fields(File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
        List<Field> graph = Fields(model.Single(field => field.Number == 7).Bytes);
        Opsets = model.Where(field => field.Number == 8).Select(field => Fields(field.Bytes)).ToDictionary(set => Text(set, 1), set => set.Single(field => field.Number == 2).Value);
        Nodes = [.. Messages(graph, 1).Select(node => new Node(
            Text(node, 4),
            Text(node, 7),
            Text(node, 3),
            Texts(node, 1),
            Texts(node, 2),
            Messages(node, 5).ToDictionary(attribute => Text(attribute, 1), Attribute)))];
        Weights = Messages(graph, 5).Select(Weight).ToDictionary(weight => weight.Name);
        Inputs = [.. Messages(graph, 11).Select(Value)];
        Outputs = [.. Messages(graph, 12).Select(Value)];
    }

    public IReadOnlyDictionary<string, long> Opsets { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public IReadOnlyDictionary<string, Tensor> Weights { get; }

    public IReadOnlyList<string> Inputs { get; }

    public IReadOnlyList<string> Outputs { get; }

    public static OnnxReader Read(string folder) => new(folder);

    public byte[] Bytes(string weight)
    {
        Tensor tensor = Weights[weight];
        using FileStream stream = File.OpenRead(Path.Combine(_folder, tensor.File));
        stream.Position = tensor.Offset;
        byte[] bytes = new byte[tensor.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public float[] Floats(string weight)
    {
        byte[] bytes = Bytes(weight);
        float[] floats = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, floats, 0, bytes.Length);
        return floats;
    }

    public float[] Halves(string weight) => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(Bytes(weight)).ToArray(), half => (float)half);

    private static string Attribute(List<Field> attribute) => attribute.Single(field => field.Number == 20).Value switch
    {
        1 => BinaryPrimitives.ReadSingleLittleEndian(attribute.Single(field => field.Number == 2).Bytes).ToString("R", CultureInfo.InvariantCulture),
        2 => (attribute.Find(field => field.Number == 3)?.Value ?? 0).ToString(CultureInfo.InvariantCulture),
        4 => Constant(Messages(attribute, 5).Single()),
        long kind => throw new InvalidDataException($"An attribute of kind {kind}."),
    };

    private static string Constant(List<Field> tensor) =>
        $"{Long(tensor, 2)} [{string.Join(", ", Longs(tensor, 1))}] {Convert.ToHexString(tensor.Single(field => field.Number == 9).Bytes)}";

    private static Tensor Weight(List<Field> tensor)
    {
        var external = Messages(tensor, 13).ToDictionary(entry => Text(entry, 1), entry => Text(entry, 2));
        return new(
            Text(tensor, 8),
            Long(tensor, 2),
            $"[{string.Join(", ", Longs(tensor, 1))}]",
            external["location"],
            long.Parse(external["offset"], CultureInfo.InvariantCulture),
            long.Parse(external["length"], CultureInfo.InvariantCulture));
    }

    private static string Value(List<Field> value)
    {
        List<Field> tensor = Messages(Messages(value, 2).Single(), 1).Single();
        IEnumerable<string> shape = Messages(Messages(tensor, 2).Single(), 1)
            .Select(length => length.Exists(field => field.Number == 2) ? Text(length, 2) : Long(length, 1).ToString(CultureInfo.InvariantCulture));
        return $"{Text(value, 1)}: {Long(tensor, 1)} [{string.Join(", ", shape)}]";
    }

    private static IEnumerable<List<Field>> Messages(List<Field> fields, int number) => fields.Where(field => field.Number == number).Select(field => Fields(field.Bytes));

    private static string[] Texts(List<Field> fields, int number) => [.. fields.Where(field => field.Number == number).Select(field => Encoding.UTF8.GetString(field.Bytes))];

    private static string Text(List<Field> fields, int number) => Texts(fields, number).SingleOrDefault() ?? "";

    private static long Long(List<Field> fields, int number) => fields.Single(field => field.Number == number).Value;

    private static IEnumerable<long> Longs(List<Field> fields, int number) => fields.Where(field => field.Number == number).SelectMany(field => field.Wire == 0 ? [field.Value] : Packed(field.Bytes));

    private static List<long> Packed(byte[] bytes)
    {
        var values = new List<long>();
        for (int at = 0; at < bytes.Length;)
        {
            values.Add(Varint(bytes, ref at));
        }

        return values;
    }

    private static List<Field> Fields(byte[] bytes)
    {
        var fields = new List<Field>();
        for (int at = 0; at < bytes.Length;)
        {
            long key = Varint(bytes, ref at);
            int wire = (int)(key & 7);
            long value = wire == 0 ? Varint(bytes, ref at) : 0;
            int length = wire switch { 0 => 0, 1 => 8, 2 => (int)Varint(bytes, ref at), 5 => 4, _ => throw new InvalidDataException($"Wire type {wire}.") };
            fields.Add(new((int)(key >> 3), wire, value, bytes[at..(at + length)]));
            at += length;
        }

        return fields;
    }

    private static long Varint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)value;
            }
        }
    }

    private sealed record Field(int Number, int Wire, long Value, byte[] Bytes);

    /// <summary>A node; attributes as text.</summary>
    internal sealed record Node(string Type, string Domain, string Name, string[] Inputs, string[] Outputs, IReadOnlyDictionary<string, string> Attributes)
    {
        public override string ToString() =>
            $"{Name} = {Domain}:{Type}({string.Join(", ", Inputs)}) -> {string.Join(", ", Outputs)} {{{string.Join(", ", Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))}}}";
    }

    /// <summary>A weight and where it lies.</summary>
    internal sealed record Tensor(string Name, long Type, string Shape, string File, long Offset, long Length);
}
