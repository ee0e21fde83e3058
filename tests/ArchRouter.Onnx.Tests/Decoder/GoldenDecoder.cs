using System.Text.Json;

namespace ArchRouter.Onnx.Tests;

/// <summary>What the real builder and library gave for a folder.</summary>
internal sealed record GoldenDecoder(IReadOnlyList<GoldenPrompt> Prompts)
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static TheoryData<string> Kinds => ["tiny-llama-int4", "tiny-qwen2-fp32", "tiny-qwen2-int4", "tiny-qwen2-int4-dml"];

    /// <summary>How far a logit may be off; logits reach 6 to 8 here.</summary>
    /// <remarks>
    /// The int4 graphs round activations to 8 bits, so that the last digit of a sum, which depends on the processor, now and then becomes a whole
    /// step: 0.09 was seen between two processors, and 0.2 to 0.6 between 8-bit and 32-bit activations on one. Half precision: 0.014 was seen.
    /// Without quantization: 0.00002.
    /// </remarks>
    public static float ToleranceOf(string kind) => kind switch
    {
        "tiny-qwen2-fp32" => 1e-4f,
        "tiny-qwen2-int4-dml" => 0.03f,
        _ => 0.15f,
    };

    public static string FolderOf(string kind) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "genai", kind);

    public static GoldenDecoder Of(string kind) =>
        JsonSerializer.Deserialize<GoldenDecoder>(File.ReadAllText(Path.Combine(FolderOf(kind), "golden.json")), Names)!;
}

/// <summary>One prompt with its results.</summary>
internal sealed record GoldenPrompt(
    string Text, IReadOnlyList<int> Ids, IReadOnlyList<int> Greedy, IReadOnlyList<float> LogitsLast, IReadOnlyList<GoldenCandidate> Candidates);

/// <summary>One answer with the log-probability of each of its tokens.</summary>
internal sealed record GoldenCandidate(string Text, IReadOnlyList<int> Ids, IReadOnlyList<double> TokenLogProbabilities);
