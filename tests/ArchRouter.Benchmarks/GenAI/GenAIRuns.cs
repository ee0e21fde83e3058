using System.Diagnostics;
using ArchRouter.OnnxGenAI;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace ArchRouter.Benchmarks;

/// <summary>The same folder in ONNX Runtime GenAI itself, on the processor: as people use it, and through its engine here.</summary>
internal static class GenAIRuns
{
    /// <summary>Reads a prompt and generates tokens freely, with a model that is loaded already.</summary>
    public static double Stock(string folder, int[] prompt, int answerTokens)
    {
        using var config = new Config(folder);
        config.ClearProviders();

        // Left alone the library takes half of the processors, and the decoder takes all.
        config.Overlay("""{"model":{"decoder":{"session_options":{"intra_op_num_threads":N}}}}""".Replace("N", $"{Environment.ProcessorCount}", StringComparison.Ordinal));
        using var model = new Model(config);
        Generate(model, prompt[..8], 1);
        long started = Stopwatch.GetTimestamp();
        Generate(model, prompt, answerTokens);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public static GenAIRouterEngine Load(string folder, string layout) =>
        GenAIRouterEngine.Load(folder, new GenAIOptions { Provider = GenAIProvider.Cpu, Layout = layout, MaxContextTokens = 8192 });

    private static void Generate(Model model, int[] prompt, int answerTokens)
    {
        using var parameters = new GeneratorParams(model);
        parameters.SetSearchOption("max_length", prompt.Length + answerTokens);
        parameters.SetSearchOption("min_length", prompt.Length + answerTokens);
        parameters.SetSearchOption("do_sample", false);
        using var generator = new Generator(model, parameters);
        generator.AppendTokens(prompt);
        for (int i = 0; i < answerTokens; i++)
        {
            generator.GenerateNextToken();
        }
    }
}
