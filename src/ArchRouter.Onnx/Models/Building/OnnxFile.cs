using System.Globalization;
using System.Runtime.InteropServices;

namespace ArchRouter.Onnx;

/// <summary>Puts nodes, inputs, outputs and the list of weights together to the bytes of an ONNX file whose weights lie in a file beside it.</summary>
internal sealed class OnnxFile
{
    /// <summary>The graph's file in a model folder.</summary>
    public const string Name = "model.onnx";

    /// <summary>The file with the weights.</summary>
    public const string DataName = "model.onnx.data";

    public const string Microsoft = "com.microsoft";
    private const int IrVersion = 10;

    // Every operator that a decoder uses was last changed at 21 or before, and 21 loads on older runtimes than 22 does.
    private const int Opset = 21;
    private const int External = 1;
    private readonly List<ProtoBuffer> _nodes = [];
    private readonly List<ProtoBuffer> _inputs = [];
    private readonly List<ProtoBuffer> _outputs = [];
    private readonly List<ProtoBuffer> _weights = [];

    public void Add(OnnxNode node) => _nodes.Add(node.Write());

    public void Input(string name, OnnxType type, params object[] shape) => _inputs.Add(Value(name, type, shape));

    public void Output(string name, OnnxType type, params object[] shape) => _outputs.Add(Value(name, type, shape));

    public void Weight(string name, OnnxType type, long[] shape, long offset, long length)
    {
        ProtoBuffer tensor = Tensor(name, type, shape);
        Entry(tensor, "location", DataName);
        Entry(tensor, "offset", offset.ToString(CultureInfo.InvariantCulture));
        Entry(tensor, "length", length.ToString(CultureInfo.InvariantCulture));
        _weights.Add(tensor.Varint(14, External));
    }

    public static ProtoBuffer Constant(string name, long[] shape, ReadOnlySpan<long> values) =>
        Tensor(name, OnnxType.Int64, shape).Bytes(9, MemoryMarshal.AsBytes(values));

    public byte[] ToArray()
    {
        var graph = new ProtoBuffer();
        _nodes.ForEach(node => graph.Message(1, node));
        graph.Text(2, "main_graph");
        _weights.ForEach(weight => graph.Message(5, weight));
        _inputs.ForEach(input => graph.Message(11, input));
        _outputs.ForEach(output => graph.Message(12, output));
        return new ProtoBuffer()
            .Varint(1, IrVersion)
            .Text(2, "ArchRouter")
            .Message(7, graph)
            .Message(8, new ProtoBuffer().Text(1, "").Varint(2, Opset))
            .Message(8, new ProtoBuffer().Text(1, Microsoft).Varint(2, 1))
            .ToArray();
    }

    private static ProtoBuffer Tensor(string name, OnnxType type, long[] shape)
    {
        var tensor = new ProtoBuffer();
        Array.ForEach(shape, length => tensor.Varint(1, length));
        return tensor.Varint(2, (long)type).Text(8, name);
    }

    private static void Entry(ProtoBuffer tensor, string key, string value) => tensor.Message(13, new ProtoBuffer().Text(1, key).Text(2, value));

    private static ProtoBuffer Value(string name, OnnxType type, object[] shape)
    {
        var dimensions = new ProtoBuffer();
        foreach (object length in shape)
        {
            dimensions.Message(1, length is string free ? new ProtoBuffer().Text(2, free) : new ProtoBuffer().Varint(1, (int)length));
        }

        ProtoBuffer tensor = new ProtoBuffer().Varint(1, (long)type).Message(2, dimensions);
        return new ProtoBuffer().Text(1, name).Message(2, new ProtoBuffer().Message(1, tensor));
    }
}
