namespace ArchRouter.Onnx;

/// <summary>Builds a decoder's graph in the form that ONNX Runtime GenAI's own builder gives for 4 bits on a CPU or on DirectML: same operators, same names.</summary>
internal sealed partial class GenAIGraph
{
    private const string MaskRoot = "/model/attn_mask_reformat/attn_mask_subgraph";
    private const string One = "/model/constants/INT64/1";
    private const string OneInList = "/model/constants/INT64/[1]";
    private const string LastKey = $"{MaskRoot}/Sub/Cast/output_0";
    private const string TotalLength = $"{MaskRoot}/Gather/Cast/output_0";
    private const string Positions = "position_ids";
    private const string HeadName = "lm_head.MatMul.weight";
    private const string EmbeddingSource = "model.embed_tokens.weight";
    private readonly GenAIShape _shape;
    private readonly OnnxFile _file = new();
    private readonly TensorLayout _layout;

    private GenAIGraph(GenAIShape shape)
    {
        _shape = shape;
        _layout = new(shape.Real);
    }

    private bool ForDirectML => _shape.Target == ModelTarget.DirectML;

    /// <exception cref="ArgumentException">The shape cannot be built.</exception>
    public static GenAIPlan Build(GenAIShape shape)
    {
        if (shape.Problem() is { } problem)
        {
            throw new ArgumentException($"No decoder of this shape can be built: {problem}.", nameof(shape));
        }

        return new GenAIGraph(shape).Build();
    }

    private GenAIPlan Build()
    {
        Values();
        Mask();
        string residual = Embedding();
        string? branch = null;
        for (int layer = 0; layer < _shape.Layers; layer++)
        {
            string name = $"/model/layers.{layer}";
            string weights = $"model.layers.{layer}";
            (string normed, residual) = Norm($"{name}/input_layernorm", $"{weights}.input_layernorm.weight", residual, branch);
            branch = Attention(layer, normed);
            (normed, residual) = Norm($"{name}/post_attention_layernorm", $"{weights}.post_attention_layernorm.weight", residual, branch);
            branch = FeedForward(layer, normed);
        }

        string output = FinalNorm(residual, branch!);
        if (_shape.LastLogitsOnly)
        {
            output = LastToken(output);
        }

        SourceTensor head = new(_shape.TiedEmbeddings ? EmbeddingSource : "lm_head.weight", _shape.Vocabulary);
        Product("/lm_head", HeadName, output, _shape.Hidden, [head], "logits");
        return Finish();
    }

    private void Values()
    {
        _file.Input("input_ids", OnnxType.Int64, "batch_size", "sequence_length");
        _file.Input("attention_mask", OnnxType.Int64, "batch_size", "total_sequence_length");
        if (ForDirectML)
        {
            _file.Input(Positions, OnnxType.Int64, "batch_size", "sequence_length");
        }

        _file.Output("logits", _shape.Real, "batch_size", _shape.LastLogitsOnly ? 1 : "sequence_length", _shape.Vocabulary);
        foreach (string part in (string[])["key", "value"])
        {
            for (int layer = 0; layer < _shape.Layers; layer++)
            {
                _file.Input($"past_key_values.{layer}.{part}", _shape.Real, "batch_size", _shape.KeyValueHeads, "past_sequence_length", _shape.HeadSize);
                _file.Output($"present.{layer}.{part}", _shape.Real, "batch_size", _shape.KeyValueHeads, "total_sequence_length", _shape.HeadSize);
            }
        }
    }

    private void Mask()
    {
        Constant("[1]", [1], 1);
        _file.Add(new OnnxNode("ReduceSum", $"{MaskRoot}/ReduceSum", ["attention_mask", OneInList], [$"{MaskRoot}/ReduceSum/output_0"]).With("keepdims", 0));
        _file.Add(new OnnxNode("Sub", $"{MaskRoot}/Sub", [$"{MaskRoot}/ReduceSum/output_0", OneInList], [$"{MaskRoot}/Sub/output_0"]));
        _file.Add(new OnnxNode("Cast", $"{MaskRoot}/Sub/Cast", [$"{MaskRoot}/Sub/output_0"], [LastKey]).With("to", (long)OnnxType.Int32));
        _file.Add(new OnnxNode("Shape", $"{MaskRoot}/Shape", ["attention_mask"], [$"{MaskRoot}/Shape/output_0"]));
        Constant("1", [], 1);
        _file.Add(new OnnxNode("Gather", $"{MaskRoot}/Gather", [$"{MaskRoot}/Shape/output_0", One], [$"{MaskRoot}/Gather/output_0"]).With("axis", 0));
        _file.Add(new OnnxNode("Cast", $"{MaskRoot}/Gather/Cast", [$"{MaskRoot}/Gather/output_0"], [TotalLength]).With("to", (long)OnnxType.Int32));
    }

    private string LastToken(string input)
    {
        const string Root = "/model/last_token/Slice";
        Constant("[-1]", [1], -1);
        Constant("[max]", [1], long.MaxValue);
        _file.Add(new OnnxNode("Slice", Root, [input, "/model/constants/INT64/[-1]", "/model/constants/INT64/[max]", OneInList], [$"{Root}/output_0"]));
        return $"{Root}/output_0";
    }

    private string Product(string root, string weight, string input, int columns, SourceTensor[] sources, string? output = null)
    {
        int rows = sources.Sum(source => source.Rows);
        output ??= $"{root}/MatMul/output_0";
        _layout.Add(new(weight, TensorKind.Int4, rows, columns, sources));
        OnnxNode node = new OnnxNode("MatMulNBits", $"{root}/MatMul_Q4", [input, $"{weight}_Q4", $"{weight}_scales"], [output], OnnxFile.Microsoft)
            .With("K", columns).With("N", rows).With("bits", 4).With("block_size", Int4Block.Size);
        _file.Add(ForDirectML ? node : node.With("accuracy_level", 4));
        return output;
    }

    private void Vector(string name, TensorKind kind, SourceTensor[] sources) => _layout.Add(new(name, kind, 1, sources.Sum(source => source.Rows), sources));

    private void Constant(string label, long[] shape, params ReadOnlySpan<long> values)
    {
        string output = $"/model/constants/INT64/{label}";
        _file.Add(new OnnxNode("Constant", $"/model/constant_nodes/INT64/{label}", [], [output]).With("value", OnnxFile.Constant(output, shape, values)));
    }

    private GenAIPlan Finish()
    {
        IReadOnlyList<PlannedTensor> tensors = _layout.Place();
        foreach (PlannedTensor tensor in tensors)
        {
            if (tensor.Kind == TensorKind.Int4)
            {
                _file.Weight($"{tensor.Name}_Q4", OnnxType.UInt8, [tensor.Rows, tensor.Blocks, Int4Block.Bytes], tensor.Offset, tensor.Length);
                _file.Weight($"{tensor.Name}_scales", tensor.Real, [tensor.Rows, tensor.Blocks], tensor.ScalesOffset, tensor.ScalesLength);
            }
            else
            {
                long[] shape = tensor.Kind is TensorKind.Norm or TensorKind.Bias ? [tensor.Columns] : [tensor.Rows, tensor.Columns];
                _file.Weight(tensor.Name, tensor.Real, shape, tensor.Offset, tensor.Length);
            }
        }

        return new(_file.ToArray(), tensors);
    }
}
