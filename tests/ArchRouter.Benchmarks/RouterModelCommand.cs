using System.Diagnostics;
using System.IO.Compression;
using ArchRouter.Onnx;

namespace ArchRouter.Benchmarks;

/// <summary>
/// Times decisions of a router LLM of Qwen2.5-1.5B's shape with random weights against stock use of the same model on the same decoder: read
/// the whole prompt, then generate the answer's tokens one by one.
/// </summary>
internal static class RouterModelCommand
{
    private const int AnswerTokens = 8;
    private const int WarmDecisions = 3;

    /// <summary>
    /// Random weights give flat probabilities, so that names would be explored far beyond what a trained model needs; a low temperature
    /// restores the usual peak.
    /// </summary>
    private const string PeakedModel = """{"schema":1,"kind":"decoder","id":"synthetic","temperature":0.02}""";

    /// <summary>Runs <c>router-model TOKENIZER.JSON.GZ [LAYERS]</c>.</summary>
    public static async Task RunAsync(string[] args)
    {
        int layers = args.Length > 1 ? int.Parse(args[1]) : GenAIShape.Qwen25Of1500M.Layers;
        string root = Directory.CreateTempSubdirectory("archrouter-").FullName;
        try
        {
            string folder = Write(root, args[0], layers);
            Console.WriteLine($"| layout, {layers} layers | policies | prompt tokens | cold ms | warm ms | stock ms | stock / warm |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            foreach ((string layout, int policies) in new[] { ("compact", 10), ("compact", 34), ("compact", 150), ("arch-router-card", 10), ("arch-router-card", 34) })
            {
                await MeasureAsync(folder, layout, new PolicySet(Policies.Take(policies)));
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string Write(string root, string tokenizer, int layers)
    {
        string source = Directory.CreateDirectory(Path.Combine(root, "tokenizer")).FullName;
        using (var packed = new GZipStream(File.OpenRead(tokenizer), CompressionMode.Decompress))
        using (FileStream plain = File.Create(Path.Combine(source, "tokenizer.json")))
        {
            packed.CopyTo(plain);
        }

        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(tokenizer))!, "genai", "tiny-qwen2-int4");
        foreach (string file in new[] { "tokenizer_config.json", "chat_template.jinja" })
        {
            File.Copy(Path.Combine(beside, file), Path.Combine(source, file));
        }

        string folder = Path.Combine(root, "model");
        SyntheticModel.Create(folder, GenAIShape.Qwen25Of1500M with { Layers = layers, Context = 8192, LastLogitsOnly = true }, Path.Combine(source, "tokenizer.json"));
        File.WriteAllText(Path.Combine(folder, "router.json"), PeakedModel);
        return folder;
    }

    private static async Task MeasureAsync(string folder, string layout, PolicySet policies)
    {
        using var engine = DecoderRouterEngine.Load(folder, new DecoderOptions { Layout = layout, Slots = 1, MaxContextTokens = 8192 });
        double cold = await TimeAsync(engine, policies, Policies.Request);
        double[] warm = new double[WarmDecisions];
        for (int i = 0; i < warm.Length; i++)
        {
            warm[i] = await TimeAsync(engine, policies, $"Explain what this function number {i} does, line by line.");
        }

        Array.Sort(warm);
        (double stock, int tokens) = Stock(engine, policies);
        double median = warm[warm.Length / 2];
        Console.WriteLine($"| {layout} | {policies.Count} | {tokens} | {cold:0} | {median:0} | {stock:0} | {stock / median:0.0} |");
    }

    private static async Task<double> TimeAsync(DecoderRouterEngine engine, PolicySet policies, string request)
    {
        long started = Stopwatch.GetTimestamp();
        await engine.ScoreAsync(new RouterRequest(policies, new ConversationWindow([new(ConversationRole.User, request)])));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static (double Milliseconds, int Tokens) Stock(DecoderRouterEngine engine, PolicySet policies)
    {
        int[] prompt = engine.Runtime.PromptOf(new RouterRequest(policies, new ConversationWindow([new(ConversationRole.User, Policies.Request)])));
        ITokenModel model = engine.Runtime.Models.Rent(prompt, 0);
        try
        {
            // Nothing may be left of the prompts before: the slot is taken by other tokens first.
            model.Start([.. prompt.Reverse().Take(8)], 0, CancellationToken.None);
            long started = Stopwatch.GetTimestamp();
            GreedyDecoder.Generate(model, prompt, [], AnswerTokens, CancellationToken.None);
            return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, prompt.Length);
        }
        finally
        {
            engine.Runtime.Models.Return(model);
        }
    }
}
