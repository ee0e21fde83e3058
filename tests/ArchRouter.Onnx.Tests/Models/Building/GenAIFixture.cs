using System.Text.Json;

namespace ArchRouter.Onnx.Tests;

/// <summary>Tiny folders that the real builder made from random weights.</summary>
internal static class GenAIFixture
{
    public const string Qwen2 = "tiny-qwen2-int4";
    public const string Llama = "tiny-llama-int4";

    /// <summary>The weights of <see cref="Qwen2"/> in the form for DirectML.</summary>
    public const string DirectML = "tiny-qwen2-int4-dml";

    /// <summary>A shape of our own, for random weights and the tokenizer of <see cref="Qwen2"/>.</summary>
    public static readonly GenAIShape Small = new()
    {
        Architecture = DecoderArchitecture.Qwen2,
        Layers = 2,
        Hidden = 192,
        Heads = 4,
        KeyValueHeads = 2,
        HeadSize = 48,
        Intermediate = 320,
        Vocabulary = 1100,
        Context = 300,
        AttentionBias = true,
    };

    /// <summary>What a folder was built for.</summary>
    public static ModelTarget TargetOf(string name) => name == DirectML ? ModelTarget.DirectML : ModelTarget.Cpu;

    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "genai", name);

    public static IReadOnlyList<Prompt> Prompts(string name)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(name), "golden.json")));
        return [.. golden.RootElement.GetProperty("prompts").EnumerateArray().Select(prompt => new Prompt(
            [.. prompt.GetProperty("ids").EnumerateArray().Select(id => id.GetInt64())],
            [.. prompt.GetProperty("logits_last").EnumerateArray().Select(logit => logit.GetSingle())]))];
    }

    internal sealed record Prompt(long[] Ids, float[] Logits);
}
