using ArchRouter.Onnx;

namespace ArchRouter.Benchmarks;

/// <summary>What <c>router-model</c> is asked to measure.</summary>
/// <param name="Tokenizer">A packed tokenizer file.</param>
/// <param name="Words">About how many words a policy's description has.</param>
/// <param name="Numbered">Whether the policies are <c>policy_1</c>, <c>policy_2</c> and so on.</param>
/// <param name="AllLogits">Whether the model gives logits for every token read, as the onnxruntime-genai model builder makes it.</param>
/// <param name="Layers">Fewer make a quick trial.</param>
internal sealed record RouterModelOptions(string Tokenizer, int Words, bool Numbered, bool AllLogits, int Layers)
{
    public const string Usage = "router-model TOKENIZER.JSON.GZ [--words 7|9|16] [--numbered] [--all-logits] [--layers N]; --numbered has 7 words and goes without --words";

    /// <returns>Null for wrong arguments.</returns>
    public static RouterModelOptions? Parse(string[] args)
    {
        if (args.Length == 0 || !File.Exists(args[0]))
        {
            return null;
        }

        int? words = null;
        bool numbered = false;
        bool allLogits = false;
        int layers = GenAIShape.Qwen25Of1500M.Layers;
        for (int i = 1; i < args.Length; i++)
        {
            switch (args[i], args.ElementAtOrDefault(i + 1))
            {
                case ("--numbered", _):
                    numbered = true;
                    break;
                case ("--all-logits", _):
                    allLogits = true;
                    break;
                case ("--words", "7" or "9" or "16"):
                    words = int.Parse(args[++i]);
                    break;
                case ("--layers", { } text) when int.TryParse(text, out layers) && layers > 0:
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return numbered && words is not null ? null : new RouterModelOptions(args[0], words ?? (numbered ? 7 : 9), numbered, allLogits, layers);
    }

    public IEnumerable<RoutePolicy> Policies(int count) =>
        Numbered ? Benchmarks.Policies.TakeNumbered(count) : Benchmarks.Policies.Take(count, Words);

    public override string ToString() =>
        $"{Layers} layers, {(AllLogits ? "all logits" : "last logits only")}; {(Numbered ? "numbered policies" : "policies")} of about {Words} words";
}
