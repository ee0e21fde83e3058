using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads a checkpoint's <c>config.json</c> and refuses what the graph could not express.</summary>
internal static class HuggingFaceConfig
{
    public const string FileName = "config.json";
    private const string OtherModel = "Only plain Qwen2 and Llama checkpoints can be converted; take such a model.";
    private const string GetAgain = "Fetch the file again.";
    private const int MaxSize = 1 << 24;

    /// <returns>The shape, or <see langword="null"/> if there are problems.</returns>
    public static GenAIShape? Read(JsonElement json, ModelFolderReport report)
    {
        var fields = new JsonFields(json, FileName, report, GetAgain);
        string type = fields.Text("model_type");
        if (!report.IsClean)
        {
            return null;
        }

        if (Architecture(type) is not { } architecture)
        {
            report.Add(FileName, $"'model_type' is '{type}'.", OtherModel);
            return null;
        }

        RefuseClass(json, $"{architecture}ForCausalLM", report);
        RefuseFeatures(json, architecture, report);
        double? theta = RopeTheta(json, report);
        int hidden = fields.Whole("hidden_size", 1, MaxSize);
        int heads = fields.Whole("num_attention_heads", 1, MaxSize);
        var shape = new GenAIShape
        {
            Architecture = architecture,
            Layers = fields.Whole("num_hidden_layers", 1, 10_000),
            Hidden = hidden,
            Heads = heads,
            KeyValueHeads = fields.Has("num_key_value_heads") ? fields.Whole("num_key_value_heads", 1, MaxSize) : heads,
            HeadSize = fields.Has("head_dim") ? fields.Whole("head_dim", 1, MaxSize) : hidden / heads,
            Intermediate = fields.Whole("intermediate_size", 1, MaxSize),
            Vocabulary = fields.Whole("vocab_size", 1, MaxSize),
            Context = fields.Whole("max_position_embeddings", 1, MaxSize),
            Epsilon = (float)fields.Positive("rms_norm_eps"),
            RopeTheta = theta ?? 10_000,
            AttentionBias = architecture == DecoderArchitecture.Qwen2,
            TiedEmbeddings = json.Flag("tie_word_embeddings") ?? false,
        };
        if (report.IsClean && shape.Problem() is { } problem)
        {
            report.Add(FileName, $"No graph of this shape can be built: {problem}.", OtherModel);
        }

        return report.IsClean ? shape : null;
    }

    private static DecoderArchitecture? Architecture(string type) => type switch
    {
        "qwen2" => DecoderArchitecture.Qwen2,
        "llama" => DecoderArchitecture.Llama,
        _ => null,
    };

    private static void RefuseClass(JsonElement json, string expected, ModelFolderReport report)
    {
        if (json.Find("architectures") is { ValueKind: JsonValueKind.Array } classes && !classes.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String && name.GetString() == expected))
        {
            report.Add(FileName, $"'architectures' is {classes}; [\"{expected}\"] can be converted.", OtherModel);
        }
    }

    private static void RefuseFeatures(JsonElement json, DecoderArchitecture architecture, ModelFolderReport report)
    {
        if (json.Find("quantization_config") is not null)
        {
            report.Add(FileName, "The checkpoint is quantized already ('quantization_config').", "Take the checkpoint that is not quantized.");
        }

        if (json.Find("hidden_act") is { } activation && !(activation.ValueKind == JsonValueKind.String && activation.GetString() is "silu" or "swish"))
        {
            report.Add(FileName, $"'hidden_act' is {activation}; silu can be converted.", OtherModel);
        }

        string[] flags = architecture == DecoderArchitecture.Qwen2 ? ["use_sliding_window"] : ["attention_bias", "mlp_bias"];
        foreach (string flag in flags.Where(flag => json.Flag(flag) == true))
        {
            report.Add(FileName, $"'{flag}' is switched on, which cannot be converted.", OtherModel);
        }
    }

    /// <summary>The base of the rotary embedding; newer files keep it in an object with the kind of scaling.</summary>
    private static double? RopeTheta(JsonElement json, ModelFolderReport report)
    {
        JsonElement? scaling = json.Find("rope_parameters") ?? json.Find("rope_scaling");
        if (scaling is { ValueKind: not JsonValueKind.Object })
        {
            report.Add(FileName, $"The settings of rotary embeddings are {scaling}, not an object.", GetAgain);
            return null;
        }

        JsonElement? kind = scaling?.Find("rope_type") ?? scaling?.Find("type");
        if (scaling is { } found && kind is not null and not { ValueKind: JsonValueKind.String } || (kind is { } named && named.GetString() != "default"))
        {
            report.Add(FileName, $"Rotary embeddings of type '{kind}' cannot be converted.", OtherModel);
            return null;
        }

        JsonElement? theta = scaling?.Find("rope_theta") ?? json.Find("rope_theta");
        if (theta is null)
        {
            return null;
        }

        if (theta.Value.ValueKind == JsonValueKind.Number && theta.Value.TryGetDouble(out double value) && value > 1 && double.IsFinite(value))
        {
            return value;
        }

        report.Add(FileName, $"'rope_theta' is {theta}, not a number above 1.", GetAgain);
        return null;
    }
}
