using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Writes <c>genai_config.json</c>, which tells a runtime how to drive the graph. Its parser refuses unknown keys.</summary>
internal static class GenAIConfigWriter
{
    public const string FileName = "genai_config.json";

    public static byte[] Write(GenAIShape shape, ControlTokens tokens)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartObject();
            Model(json, shape, tokens);
            Search(json, shape);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Model(Utf8JsonWriter json, GenAIShape shape, ControlTokens tokens)
    {
        json.WriteStartObject("model");
        json.WriteNumber("bos_token_id", tokens.Begin);
        json.WriteNumber("context_length", shape.Context);
        Decoder(json, shape);
        if (tokens.End is [int only])
        {
            json.WriteNumber("eos_token_id", only);
        }
        else
        {
            json.WriteStartArray("eos_token_id");
            foreach (int id in tokens.End)
            {
                json.WriteNumberValue(id);
            }

            json.WriteEndArray();
        }

        json.WriteNumber("pad_token_id", tokens.Pad);
        json.WriteString("type", shape.Architecture == DecoderArchitecture.Qwen2 ? "qwen2" : "llama");
        json.WriteNumber("vocab_size", shape.Vocabulary);
        json.WriteEndObject();
    }

    private static void Decoder(Utf8JsonWriter json, GenAIShape shape)
    {
        json.WriteStartObject("decoder");
        json.WriteStartObject("session_options");
        json.WriteString("log_id", "onnxruntime-genai");
        Providers(json, shape);
        json.WriteEndObject();
        json.WriteString("filename", OnnxFile.Name);
        json.WriteNumber("head_size", shape.HeadSize);
        json.WriteNumber("hidden_size", shape.Hidden);
        string[][] positions = shape.Target == ModelTarget.DirectML ? [["position_ids", "position_ids"]] : [];
        Names(json, "inputs", [["input_ids", "input_ids"], ["attention_mask", "attention_mask"], .. positions, ["past_key_names", "past_key_values.%d.key"], ["past_value_names", "past_key_values.%d.value"]]);
        Names(json, "outputs", [["logits", "logits"], ["present_key_names", "present.%d.key"], ["present_value_names", "present.%d.value"]]);
        json.WriteNumber("num_attention_heads", shape.Heads);
        json.WriteNumber("num_hidden_layers", shape.Layers);
        json.WriteNumber("num_key_value_heads", shape.KeyValueHeads);
        json.WriteEndObject();
    }

    private static void Providers(Utf8JsonWriter json, GenAIShape shape)
    {
        json.WriteStartArray("provider_options");
        if (shape.Target == ModelTarget.DirectML)
        {
            json.WriteStartObject();
            json.WriteStartObject("dml");
            json.WriteString("enable_graph_capture", "1");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Names(Utf8JsonWriter json, string section, string[][] pairs)
    {
        json.WriteStartObject(section);
        foreach (string[] pair in pairs)
        {
            json.WriteString(pair[0], pair[1]);
        }

        json.WriteEndObject();
    }

    private static void Search(Utf8JsonWriter json, GenAIShape shape)
    {
        json.WriteStartObject("search");
        json.WriteNumber("diversity_penalty", 0.0);

        // A router must give the same answer twice, whatever the checkpoint proposes for chatting.
        json.WriteBoolean("do_sample", false);
        json.WriteBoolean("early_stopping", true);
        json.WriteNumber("length_penalty", 1.0);
        json.WriteNumber("max_length", shape.Context);
        json.WriteNumber("min_length", 0);
        json.WriteNumber("no_repeat_ngram_size", 0);
        json.WriteNumber("num_beams", 1);
        json.WriteNumber("num_return_sequences", 1);
        json.WriteBoolean("past_present_share_buffer", true);
        json.WriteNumber("repetition_penalty", 1.0);
        json.WriteNumber("temperature", 1.0);
        json.WriteNumber("top_k", 50);
        json.WriteNumber("top_p", 1.0);
        json.WriteEndObject();
    }
}
