namespace ArchRouter.Onnx;

/// <content>Attention: on a CPU one packed product, turned by position inside the kernel; on DirectML three products, turned before it.</content>
internal sealed partial class GenAIGraph
{
    private const string Cosines = "cos_cache";
    private const string Sines = "sin_cache";

    private string Attention(int layer, string input)
    {
        string root = $"/model/layers.{layer}/attn";
        string past = $"past_key_values.{layer}";
        string[] caches = ForDirectML ? ["", ""] : [Cosines, Sines];
        _file.Add(new OnnxNode(
            "GroupQueryAttention",
            $"{root}/GroupQueryAttention",
            [.. Heads(layer, input), $"{past}.key", $"{past}.value", LastKey, TotalLength, .. caches, "", "", ""],
            [$"{root}/GroupQueryAttention/output_0", $"present.{layer}.key", $"present.{layer}.value"],
            OnnxFile.Microsoft)
            .With("num_heads", _shape.Heads).With("kv_num_heads", _shape.KeyValueHeads).With("scale", (float)(1 / Math.Sqrt(_shape.HeadSize)))
            .With("local_window_size", -1).With("softcap", 0f).With("do_rotary", ForDirectML ? 0 : 1).With("rotary_interleaved", 0));
        SourceTensor source = new($"model.layers.{layer}.self_attn.o_proj.weight", _shape.Hidden);
        return Product($"{root}/o_proj", $"model.layers.{layer}.attn.o_proj.MatMul.weight", $"{root}/GroupQueryAttention/output_0", _shape.QueryWidth, [source]);
    }

    /// <summary>Query, key and value as the kernel takes them; packed in the first where it turns them itself.</summary>
    private string[] Heads(int layer, string input)
    {
        string[] parts = ForDirectML ? ["q", "k", "v"] : ["qkv"];
        string[] products = Array.ConvertAll(parts, part => Product(
            $"/model/layers.{layer}/attn/{part}_proj", $"model.layers.{layer}.attn.{part}_proj.MatMul.weight", input, _shape.Hidden, Sources(layer, part, "weight")));
        if (_shape.AttentionBias)
        {
            products = [.. parts.Zip(products, (part, product) => Biased(layer, part, product))];
        }

        if (layer == 0)
        {
            _layout.Add(new(Cosines, TensorKind.Cosine, _shape.Context, _shape.HeadSize / 2, []));
            _layout.Add(new(Sines, TensorKind.Sine, _shape.Context, _shape.HeadSize / 2, []));
        }

        return ForDirectML ? [Turned(layer, "q", products[0]), Turned(layer, "k", products[1]), products[2]] : [products[0], "", ""];
    }

    private string Biased(int layer, string part, string product)
    {
        string name = $"/model/layers.{layer}/attn/{part}_proj/Add";
        string bias = $"model.layers.{layer}.attn.{part}_proj.Add.bias";
        Vector(bias, TensorKind.Bias, Sources(layer, part, "bias"));
        _file.Add(new OnnxNode("Add", name, [product, bias], [$"{name}/output_0"]));
        return $"{name}/output_0";
    }

    private string Turned(int layer, string part, string input)
    {
        string name = $"/model/layers.{layer}/attn/{part}_rotary/RotaryEmbedding";
        _file.Add(new OnnxNode("RotaryEmbedding", name, [input, Positions, Cosines, Sines], [$"{name}/output_0"], OnnxFile.Microsoft)
            .With("interleaved", 0).With("num_heads", 0).With("rotary_embedding_dim", 0));
        return $"{name}/output_0";
    }

    /// <param name="layer">The layer.</param>
    /// <param name="parts">A letter for each: q, k, v.</param>
    /// <param name="kind">Weight or bias.</param>
    private SourceTensor[] Sources(int layer, string parts, string kind) =>
        [.. parts.Select(part => new SourceTensor($"model.layers.{layer}.self_attn.{part}_proj.{kind}", part == 'q' ? _shape.QueryWidth : _shape.KeyValueWidth))];
}
