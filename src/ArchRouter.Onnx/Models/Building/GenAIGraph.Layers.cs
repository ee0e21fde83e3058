namespace ArchRouter.Onnx;

/// <content>The parts of a layer.</content>
internal sealed partial class GenAIGraph
{
    private string Embedding()
    {
        const string Root = "/model/embed_tokens";
        if (!_shape.TiedEmbeddings)
        {
            _layout.Add(new(EmbeddingSource, TensorKind.Embedding, _shape.Vocabulary, _shape.Hidden, [new(EmbeddingSource, _shape.Vocabulary)]));
            _file.Add(new OnnxNode("Gather", $"{Root}/Gather", [EmbeddingSource, "input_ids"], [$"{Root}/Gather/output_0"]));
            return $"{Root}/Gather/output_0";
        }

        int bytes = _shape.Hidden / 2;
        string flat = $"[{_shape.Vocabulary}, {bytes}]";
        Constant(flat, [2], _shape.Vocabulary, bytes);
        _file.Add(new OnnxNode("Reshape", $"{Root}/Reshape", [$"{HeadName}_Q4", $"/model/constants/INT64/{flat}"], [$"{Root}/Reshape/output_0"]));
        _file.Add(new OnnxNode(
            "GatherBlockQuantized",
            $"{Root}/GatherBlockQuantized",
            [$"{Root}/Reshape/output_0", "input_ids", $"{HeadName}_scales"],
            [$"{Root}/GatherBlockQuantized/output_0"],
            OnnxFile.Microsoft).With("bits", 4).With("block_size", Int4Block.Size).With("gather_axis", 0).With("quantize_axis", 1));
        return $"{Root}/GatherBlockQuantized/output_0";
    }

    /// <summary>Normalises the sum of residual and branch; gives the normalised sum and the sum.</summary>
    private (string Normed, string Residual) Norm(string name, string weight, string residual, string? branch)
    {
        Vector(weight, TensorKind.Norm, [new(weight, _shape.Hidden)]);
        if (branch is not null)
        {
            SkipNorm(name, [residual, branch, weight], [$"{name}/output_0", "", "", $"{name}/output_3"]);
            return ($"{name}/output_0", $"{name}/output_3");
        }

        _file.Add(new OnnxNode("SimplifiedLayerNormalization", $"{name}/LayerNorm", [residual, weight], [$"{name}/output_0"])
            .With("epsilon", _shape.Epsilon).With("axis", -1).With("stash_type", 1));
        return ($"{name}/output_0", residual);
    }

    private string FinalNorm(string residual, string branch)
    {
        string name = $"layers.{_shape.Layers}/final_norm_layernorm";
        string weight = $"model.layers.{_shape.Layers}.final_norm_layernorm.weight";
        Vector(weight, TensorKind.Norm, [new("model.norm.weight", _shape.Hidden)]);
        SkipNorm($"/model/{name}", [residual, branch, weight], [$"/model/{name}/output_0"]);
        return $"/model/{name}/output_0";
    }

    private void SkipNorm(string name, string[] inputs, string[] outputs) =>
        _file.Add(new OnnxNode("SkipSimplifiedLayerNormalization", $"{name}/SkipLayerNorm", inputs, outputs, OnnxFile.Microsoft).With("epsilon", _shape.Epsilon));

    private string Attention(int layer, string input)
    {
        string root = $"/model/layers.{layer}/attn";
        string weights = $"model.layers.{layer}.attn";
        string source = $"model.layers.{layer}.self_attn";
        string output = Product($"{root}/qkv_proj", $"{weights}.qkv_proj.MatMul.weight", input, _shape.Hidden, Packed(source, "weight"));
        if (_shape.AttentionBias)
        {
            Vector($"{weights}.qkv_proj.Add.bias", TensorKind.Bias, Packed(source, "bias"));
            _file.Add(new OnnxNode("Add", $"{root}/qkv_proj/Add", [output, $"{weights}.qkv_proj.Add.bias"], [$"{root}/qkv_proj/Add/output_0"]));
            output = $"{root}/qkv_proj/Add/output_0";
        }

        if (layer == 0)
        {
            _layout.Add(new("cos_cache", TensorKind.Cosine, _shape.Context, _shape.HeadSize / 2, []));
            _layout.Add(new("sin_cache", TensorKind.Sine, _shape.Context, _shape.HeadSize / 2, []));
        }

        string past = $"past_key_values.{layer}";
        _file.Add(new OnnxNode(
            "GroupQueryAttention",
            $"{root}/GroupQueryAttention",
            [output, "", "", $"{past}.key", $"{past}.value", LastKey, TotalLength, "cos_cache", "sin_cache", "", "", ""],
            [$"{root}/GroupQueryAttention/output_0", $"present.{layer}.key", $"present.{layer}.value"],
            OnnxFile.Microsoft)
            .With("num_heads", _shape.Heads).With("kv_num_heads", _shape.KeyValueHeads).With("scale", (float)(1 / Math.Sqrt(_shape.HeadSize)))
            .With("local_window_size", -1).With("softcap", 0f).With("do_rotary", 1).With("rotary_interleaved", 0));
        return Product(
            $"{root}/o_proj", $"{weights}.o_proj.MatMul.weight", $"{root}/GroupQueryAttention/output_0", _shape.QueryWidth, [new($"{source}.o_proj.weight", _shape.Hidden)]);
    }

    private SourceTensor[] Packed(string source, string part) =>
    [
        new($"{source}.q_proj.{part}", _shape.QueryWidth), new($"{source}.k_proj.{part}", _shape.KeyValueWidth), new($"{source}.v_proj.{part}", _shape.KeyValueWidth),
    ];

    private string FeedForward(int layer, string input)
    {
        string root = $"/model/layers.{layer}/mlp";
        string weights = $"model.layers.{layer}.mlp";
        string gate = Part("gate_proj", input, _shape.Hidden, _shape.Intermediate);
        string up = Part("up_proj", input, _shape.Hidden, _shape.Intermediate);
        _file.Add(new OnnxNode("Sigmoid", $"{root}/act_fn/Sigmoid", [gate], [$"{root}/act_fn/Sigmoid/output_0"]));
        _file.Add(new OnnxNode("Mul", $"{root}/act_fn/Mul", [gate, $"{root}/act_fn/Sigmoid/output_0"], [$"{root}/act_fn/Mul/output_0"]));
        _file.Add(new OnnxNode("Mul", $"{root}/Mul", [$"{root}/act_fn/Mul/output_0", up], [$"{root}/Mul/output_0"]));
        return Part("down_proj", $"{root}/Mul/output_0", _shape.Intermediate, _shape.Hidden);

        string Part(string part, string from, int columns, int rows) =>
            Product($"{root}/{part}", $"{weights}.{part}.MatMul.weight", from, columns, [new($"{weights}.{part}.weight", rows)]);
    }
}
