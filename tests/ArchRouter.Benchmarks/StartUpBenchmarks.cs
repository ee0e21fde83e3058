using ArchRouter.Onnx;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace ArchRouter.Benchmarks;

/// <summary>From nothing to the first decision, in a fresh process each time.</summary>
[SimpleJob(RunStrategy.ColdStart, launchCount: 7, warmupCount: 0, iterationCount: 1)]
[MemoryDiagnoser]
public class StartUpBenchmarks
{
    /// <summary>Loads and checks the bundled model.</summary>
    [Benchmark(Baseline = true, Description = "load the encoder")]
    public void Load()
    {
        using var engine = EncoderRouterEngine.LoadBundled();
    }

    /// <summary>Loads the model, compiles ten policies and decides.</summary>
    [Benchmark(Description = "load, compile 10 policies, decide")]
    public async Task<RoutingDecision> FirstDecision()
    {
        using var engine = EncoderRouterEngine.LoadBundled();
        PreferenceRouter router = new(new RouteTables(Policies.Table(10)), engine, new RouterOptions { Deadline = Timeout.InfiniteTimeSpan });
        return await router.RouteAsync(Policies.Context());
    }
}
