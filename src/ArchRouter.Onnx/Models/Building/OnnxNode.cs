namespace ArchRouter.Onnx;

/// <summary>One node of a graph while it is written. Field numbers are those of onnx.proto.</summary>
internal sealed class OnnxNode(string type, string name, string[] inputs, string[] outputs, string domain = "")
{
    private const int FloatAttribute = 1;
    private const int IntAttribute = 2;
    private const int TensorAttribute = 4;
    private readonly List<ProtoBuffer> _attributes = [];

    public OnnxNode With(string attribute, long value)
    {
        _attributes.Add(new ProtoBuffer().Text(1, attribute).Varint(3, value).Varint(20, IntAttribute));
        return this;
    }

    public OnnxNode With(string attribute, float value)
    {
        _attributes.Add(new ProtoBuffer().Text(1, attribute).Float(2, value).Varint(20, FloatAttribute));
        return this;
    }

    public OnnxNode With(string attribute, ProtoBuffer tensor)
    {
        _attributes.Add(new ProtoBuffer().Text(1, attribute).Message(5, tensor).Varint(20, TensorAttribute));
        return this;
    }

    public ProtoBuffer Write()
    {
        var node = new ProtoBuffer();
        Array.ForEach(inputs, input => node.Text(1, input));
        Array.ForEach(outputs, output => node.Text(2, output));
        node.Text(3, name).Text(4, type);
        _attributes.ForEach(attribute => node.Message(5, attribute));
        return domain.Length == 0 ? node : node.Text(7, domain);
    }
}
