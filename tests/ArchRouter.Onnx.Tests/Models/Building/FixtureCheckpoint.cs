using System.Text.Json.Nodes;

namespace ArchRouter.Onnx.Tests;

/// <summary>The checkpoints that the fixtures were built from, put together again from their graphs.</summary>
internal static class FixtureCheckpoint
{
    private const int Hidden = 128;
    private const int Intermediate = 256;
    private const int Query = 128;
    private const int KeyValue = 64;

    public static TestCheckpoint Of(string fixture) => fixture == GenAIFixture.Llama ? Llama() : Qwen2();

    /// <summary>From the graph that keeps its weights in 32 bits.</summary>
    public static TestCheckpoint Qwen2()
    {
        OnnxReader graph = OnnxReader.Read(GenAIFixture.Folder("tiny-qwen2-fp32"));
        var checkpoint = new TestCheckpoint { Config = Config("qwen2", 1024, 1_000_000, tied: false, 1021, 1023, 1021) };
        Add(checkpoint, graph, name => Transposed(graph.Floats(name), graph.Weights[name]));
        for (int layer = 0; layer < 3; layer++)
        {
            Split(checkpoint, graph.Floats($"model.layers.{layer}.attn.qkv_proj.Add.bias"), layer, "bias", 1);
        }

        checkpoint.Tensors["model.embed_tokens.weight"] = ([1024, Hidden], graph.Floats("model.embed_tokens.weight"));
        checkpoint.Tensors["lm_head.weight"] = ([1024, Hidden], Transposed(graph.Floats("lm_head.MatMul.weight"), graph.Weights["lm_head.MatMul.weight"]));
        return checkpoint;
    }

    /// <summary>From the 4-bit graph: the largest weight of a block is exact in the code, so decoding and coding again gives the same bytes.</summary>
    public static TestCheckpoint Llama()
    {
        OnnxReader graph = OnnxReader.Read(GenAIFixture.Folder(GenAIFixture.Llama));
        var checkpoint = new TestCheckpoint { Config = Config("llama", 1021, 100_000, tied: true, 1, 2, 0) };
        Add(checkpoint, graph, name => Decoded(graph.Bytes($"{name}_Q4"), graph.Floats($"{name}_scales")));
        checkpoint.Tensors["model.embed_tokens.weight"] = ([1021, Hidden], Decoded(graph.Bytes("lm_head.MatMul.weight_Q4"), graph.Floats("lm_head.MatMul.weight_scales")));
        return checkpoint;
    }

    public static float[] Decoded(byte[] nibbles, float[] scales) =>
        [.. Enumerable.Range(0, nibbles.Length * 2).Select(i => (((nibbles[i / 2] >> (i % 2 * 4)) & 15) - 8) * scales[i / 32])];

    private static void Add(TestCheckpoint checkpoint, OnnxReader graph, Func<string, float[]> matrix)
    {
        for (int layer = 0; layer < 3; layer++)
        {
            string name = $"model.layers.{layer}";
            foreach (string norm in (string[])["input_layernorm", "post_attention_layernorm"])
            {
                checkpoint.Tensors[$"{name}.{norm}.weight"] = ([Hidden], graph.Floats($"{name}.{norm}.weight"));
            }

            Split(checkpoint, matrix($"{name}.attn.qkv_proj.MatMul.weight"), layer, "weight", Hidden);
            checkpoint.Tensors[$"{name}.self_attn.o_proj.weight"] = ([Hidden, Query], matrix($"{name}.attn.o_proj.MatMul.weight"));
            checkpoint.Tensors[$"{name}.mlp.gate_proj.weight"] = ([Intermediate, Hidden], matrix($"{name}.mlp.gate_proj.MatMul.weight"));
            checkpoint.Tensors[$"{name}.mlp.up_proj.weight"] = ([Intermediate, Hidden], matrix($"{name}.mlp.up_proj.MatMul.weight"));
            checkpoint.Tensors[$"{name}.mlp.down_proj.weight"] = ([Hidden, Intermediate], matrix($"{name}.mlp.down_proj.MatMul.weight"));
        }

        checkpoint.Tensors["model.norm.weight"] = ([Hidden], graph.Floats("model.layers.3.final_norm_layernorm.weight"));
    }

    private static void Split(TestCheckpoint checkpoint, float[] packed, int layer, string part, int columns)
    {
        int row = 0;
        foreach ((string name, int rows) in new[] { ("q", Query), ("k", KeyValue), ("v", KeyValue) })
        {
            float[] values = packed[(row * columns)..((row + rows) * columns)];
            checkpoint.Tensors[$"model.layers.{layer}.self_attn.{name}_proj.{part}"] = (columns == 1 ? [rows] : [rows, columns], values);
            row += rows;
        }
    }

    private static float[] Transposed(float[] values, OnnxReader.Tensor tensor)
    {
        int[] shape = [.. tensor.Shape.Trim('[', ']').Split(", ").Select(int.Parse)];
        return [.. Enumerable.Range(0, values.Length).Select(i => values[(i % shape[0] * shape[1]) + (i / shape[0])])];
    }

    private static JsonObject Config(string type, int vocabulary, int theta, bool tied, int begin, int end, int pad) => new()
    {
        ["architectures"] = new JsonArray(type == "qwen2" ? "Qwen2ForCausalLM" : "LlamaForCausalLM"),
        ["model_type"] = type,
        ["hidden_size"] = Hidden,
        ["intermediate_size"] = Intermediate,
        ["num_hidden_layers"] = 3,
        ["num_attention_heads"] = 4,
        ["num_key_value_heads"] = 2,
        ["vocab_size"] = vocabulary,
        ["max_position_embeddings"] = 2048,
        ["rms_norm_eps"] = 1e-6,
        ["rope_theta"] = theta,
        ["rope_scaling"] = null,
        ["hidden_act"] = "silu",
        ["tie_word_embeddings"] = tied,
        ["bos_token_id"] = begin,
        ["eos_token_id"] = end,
        ["pad_token_id"] = pad,
    };
}
