namespace ArchRouter.Onnx;

/// <content>The parts of a layer.</content>
internal sealed partial class GenAIGraph
{
    private string Embedding()
    {
        const string Root = "/model/embed_tokens";
        if (!_shape.SharesEmbedding)
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
