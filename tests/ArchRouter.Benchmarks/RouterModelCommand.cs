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

#if GENAI
    private const string GenAIColumns = " GenAI warm ms | GenAI stock ms |";
#else
    private const string GenAIColumns = "";
#endif

    /// <summary>
    /// Random weights give flat probabilities, so that names would be explored far beyond what a trained model needs; a low temperature
    /// restores the usual peak.
    /// </summary>
    private const string PeakedModel = """{"schema":1,"kind":"decoder","id":"synthetic","temperature":0.02}""";

    /// <summary>Runs <c>router-model TOKENIZER.JSON.GZ [--words 7|9|16] [--numbered] [--all-logits] [--layers N]</c>.</summary>
    /// <returns>0; 2 for wrong arguments.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (RouterModelOptions.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(RouterModelOptions.Usage);
            return 2;
        }

        string root = Directory.CreateTempSubdirectory("archrouter-").FullName;
        try
        {
            string folder = Write(root, options);
            Console.WriteLine($"{options}");
            Console.WriteLine();
            Console.WriteLine($"| layout | policies | prompt tokens | cold ms | warm ms | stock ms | stock / warm |{GenAIColumns}");
            Console.WriteLine($"|---|---|---|---|---|---|---|{(GenAIColumns.Length > 0 ? "---|---|" : "")}");
            foreach ((string layout, int policies) in new[] { ("compact", 10), ("compact", 34), ("compact", 150), ("arch-router-card", 10), ("arch-router-card", 34) })
            {
                await MeasureAsync(folder, layout, new PolicySet(options.Policies(policies)));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string Write(string root, RouterModelOptions options)
    {
        string source = Directory.CreateDirectory(Path.Combine(root, "tokenizer")).FullName;
        using (var packed = new GZipStream(File.OpenRead(options.Tokenizer), CompressionMode.Decompress))
        using (FileStream plain = File.Create(Path.Combine(source, "tokenizer.json")))
        {
            packed.CopyTo(plain);
        }

        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.Tokenizer))!, "genai", "tiny-qwen2-int4");
        foreach (string file in new[] { "tokenizer_config.json", "chat_template.jinja" })
        {
            File.Copy(Path.Combine(beside, file), Path.Combine(source, file));
        }

        string folder = Path.Combine(root, "model");
        GenAIShape shape = GenAIShape.Qwen25Of1500M with { Layers = options.Layers, Context = 8192, LastLogitsOnly = !options.AllLogits };
        SyntheticModel.Create(folder, shape, Path.Combine(source, "tokenizer.json"));
        File.WriteAllText(Path.Combine(folder, "router.json"), PeakedModel);
        return folder;
    }

    private static async Task MeasureAsync(string folder, string layout, PolicySet policies)
    {
        int[] prompt;
        double cold, warm, stock;
        using (var engine = DecoderRouterEngine.Load(folder, new DecoderOptions { Layout = layout, Slots = 1, MaxContextTokens = 8192 }))
        {
            cold = await TimeAsync(engine, policies, Policies.Request);
            warm = await WarmAsync(engine, policies);
            prompt = engine.Runtime.PromptOf(new RouterRequest(policies, new ConversationWindow([new(ConversationRole.User, Policies.Request)])));
            stock = Stock(engine, prompt);
        }

        string genai = "";
#if GENAI
        using (var engine = GenAIRuns.Load(folder, layout))
        {
            await TimeAsync(engine, policies, Policies.Request);
            genai = $" {await WarmAsync(engine, policies):0} |";
        }

        genai += $" {GenAIRuns.Stock(folder, prompt, AnswerTokens):0} |";
#endif
        Console.WriteLine($"| {layout} | {policies.Count} | {prompt.Length} | {cold:0} | {warm:0} | {stock:0} | {stock / warm:0.0} |{genai}");
    }

    private static async Task<double> WarmAsync(IRouterEngine engine, PolicySet policies)
    {
        double[] warm = new double[WarmDecisions];
        for (int i = 0; i < warm.Length; i++)
        {
            warm[i] = await TimeAsync(engine, policies, $"Explain what this function number {i} does, line by line.");
        }

        Array.Sort(warm);
        return warm[warm.Length / 2];
    }

    private static async Task<double> TimeAsync(IRouterEngine engine, PolicySet policies, string request)
    {
        long started = Stopwatch.GetTimestamp();
        await engine.ScoreAsync(new RouterRequest(policies, new ConversationWindow([new(ConversationRole.User, request)])));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Stock(DecoderRouterEngine engine, int[] prompt)
    {
        ITokenModel model = engine.Runtime.Models.Rent(prompt, 0);
        try
        {
            // Nothing may be left of the prompts before: the slot is taken by other tokens first.
            model.Start([.. prompt.Reverse().Take(8)], 0, CancellationToken.None);
            long started = Stopwatch.GetTimestamp();
            GreedyDecoder.Generate(model, prompt, [], AnswerTokens, CancellationToken.None);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        finally
        {
            engine.Runtime.Models.Return(model);
        }
    }
}
