using System.Text.Json;

namespace ArchRouter.Onnx.Tests;

/// <summary>Tiny folders that the real builder made from random weights.</summary>
internal static class GenAIFixture
{
    public const string Qwen2 = "tiny-qwen2-int4";
    public const string Llama = "tiny-llama-int4";

    /// <summary>The weights of <see cref="Qwen2"/> in the form for DirectML.</summary>
    public const string DirectML = "tiny-qwen2-int4-dml";

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
