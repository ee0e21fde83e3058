using System.Runtime.InteropServices;

namespace ArchRouter.Onnx.Tests;

/// <summary>A graph of a few nodes with an encoder's inputs and outputs: looks tokens up, averages and normalises them.</summary>
internal sealed record TinyGraph
{
    public const int Dimensions = 4;
    private const int Float = 1;
    private const int Int64 = 7;
    private const int Bool = 9;

    /// <summary>How many tokens the graph knows.</summary>
    public int Vocabulary { get; init; } = TinyFolder.Vocabulary.Length;

    public string IdsName { get; init; } = "input_ids";

    public string OtherName { get; init; } = "other";

    /// <summary>What the embedding is multiplied with after its normalisation.</summary>
    public float Factor { get; init; } = 1;

    /// <summary>The rank of the embedding as declared and given: 2, or 3 with a leading 1.</summary>
    public bool ExtraDimension { get; init; }

    /// <summary>Texts with more tokens <c>c</c> than this never end unless they are stopped.</summary>
    public int EndlessAbove { get; init; } = int.MaxValue;

    /// <summary>How many positions the graph knows.</summary>
    public int Positions { get; init; } = 64;

    public byte[] ToArray() => new ProtoWriter()
        .Varint(1, 8)
        .Message(8, opset => opset.Text(1, "").Varint(2, 13))
        .Message(7, WriteGraph)
        .ToArray();

    private void WriteGraph(ProtoWriter graph)
    {
        float[] table = [.. Enumerable.Range(0, Vocabulary * Dimensions).Select(i => 0.1f + ((i * 37) % 11))];
        Node(graph, "Gather", ["table", IdsName], ["tokens"]);
        Node(graph, "ReduceMean", ["tokens"], ["mean"], node => Ints(node, "axes", 1), node => Int(node, "keepdims", 0));
        Node(graph, "Shape", [IdsName], ["shape"]);
        Node(graph, "Gather", ["shape", "one"], ["length"]);
        Node(graph, "Sub", ["length", "one"], ["last"]);
        Node(graph, "Gather", ["positions", "last"], ["position"]);
        Node(graph, "Add", ["mean", "position"], ["placed"]);
        Node(graph, "LpNormalization", ["placed"], ["unit"]);
        Node(graph, "Equal", [IdsName, "c"], ["found"]);
        Node(graph, "Cast", ["found"], ["counted"], node => Int(node, "to", Int64));
        Node(graph, "ReduceSum", ["counted"], ["count"], node => Int(node, "keepdims", 0));
        Node(graph, "Greater", ["count", "limit"], ["long"]);
        Node(graph, "Where", ["long", "forever", "zero"], ["trips"]);
        Node(graph, "Loop", ["trips", "", "unit"], ["looped"], node => Body(node));
        Node(graph, "Mul", ["looped", "factor"], [ExtraDimension ? "flat" : "embedding"]);
        if (ExtraDimension)
        {
            Node(graph, "Unsqueeze", ["flat", "axis"], ["embedding"]);
        }

        Node(graph, "ReduceMax", ["looped"], [OtherName], node => Ints(node, "axes", 1), node => Int(node, "keepdims", 0));
        graph.Text(2, "tiny");
        Tensor(graph, "table", Float, [Vocabulary, Dimensions], MemoryMarshal.AsBytes(table.AsSpan()));
        Tensor(graph, "factor", Float, [], BitConverter.GetBytes(Factor));
        Tensor(graph, "positions", Float, [Positions], MemoryMarshal.AsBytes(new float[Positions].AsSpan()));
        Tensor(graph, "c", Int64, [], BitConverter.GetBytes((long)Array.IndexOf(TinyFolder.Vocabulary, "c")));
        Tensor(graph, "one", Int64, [], BitConverter.GetBytes(1L));
        Tensor(graph, "zero", Int64, [], BitConverter.GetBytes(0L));
        Tensor(graph, "axis", Int64, [1], BitConverter.GetBytes(0L));
        Tensor(graph, "limit", Int64, [], BitConverter.GetBytes((long)EndlessAbove));
        Tensor(graph, "forever", Int64, [], BitConverter.GetBytes(long.MaxValue));
        Value(graph, 11, IdsName, Int64, null, null);
        Value(graph, 11, "attention_mask", Int64, null, null);
        Value(graph, 12, "embedding", Float, ExtraDimension ? [1, null, Dimensions] : [null, Dimensions]);
        Value(graph, 12, OtherName, Float, [null]);
    }

    private static void Body(ProtoWriter node) => node.Message(5, attribute => attribute.Text(1, "body").Varint(20, 5).Message(6, body =>
    {
        Node(body, "Identity", ["on"], ["on_out"]);
        Node(body, "Identity", ["x"], ["x_out"]);
        body.Text(2, "body");
        Value(body, 11, "i", Int64);
        Value(body, 11, "on", Bool);
        Value(body, 11, "x", Float, null, Dimensions);
        Value(body, 12, "on_out", Bool);
        Value(body, 12, "x_out", Float, null, Dimensions);
    }));

    private static void Node(ProtoWriter graph, string type, string[] inputs, string[] outputs, params Action<ProtoWriter>[] attributes) => graph.Message(1, node =>
    {
        Array.ForEach(inputs, input => node.Text(1, input));
        Array.ForEach(outputs, output => node.Text(2, output));
        node.Text(4, type);
        Array.ForEach(attributes, write => write(node));
    });

    private static void Int(ProtoWriter node, string name, long value) =>
        node.Message(5, attribute => attribute.Text(1, name).Varint(3, value).Varint(20, 2));

    private static void Ints(ProtoWriter node, string name, long value) =>
        node.Message(5, attribute => attribute.Text(1, name).Varint(8, value).Varint(20, 7));

    private static void Tensor(ProtoWriter graph, string name, int type, int[] shape, ReadOnlySpan<byte> data)
    {
        byte[] raw = data.ToArray();
        graph.Message(5, tensor =>
        {
            Array.ForEach(shape, length => tensor.Varint(1, length));
            tensor.Varint(2, type).Text(8, name).Bytes(9, raw);
        });
    }

    private static void Value(ProtoWriter graph, int field, string name, int type, params int?[] shape) => graph.Message(field, value => value
        .Text(1, name)
        .Message(2, kind => kind.Message(1, tensor => tensor.Varint(1, type).Message(2, dimensions =>
        {
            for (int i = 0; i < shape.Length; i++)
            {
                int? length = shape[i];
                string free = $"{name}_{i}";
                dimensions.Message(1, dimension => _ = length is { } n ? dimension.Varint(1, n) : dimension.Text(2, free));
            }
        }))));
}
