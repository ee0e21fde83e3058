using ArchRouter.Onnx;
using BenchmarkDotNet.Attributes;

namespace ArchRouter.Benchmarks;

/// <summary>64 decisions by one caller after another and by 8 callers at once; the time is per decision.</summary>
[MemoryDiagnoser]
public class ThroughputBenchmarks
{
    private const int Decisions = 64;
    private EncoderRouterEngine _engine = null!;
    private PreferenceRouter _router = null!;
    private RouteContext _context = null!;

    /// <summary>Loads the model and compiles the policies.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        _engine = EncoderRouterEngine.LoadBundled();
        _router = new PreferenceRouter(new RouteTables(Policies.Table(10)), _engine, new RouterOptions { Deadline = Timeout.InfiniteTimeSpan });
        _context = Policies.Context();
        await _router.WarmUpAsync();
    }

    /// <summary>Releases the model.</summary>
    [GlobalCleanup]
    public void Cleanup() => _engine.Dispose();

    /// <summary>One caller.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Decisions, Description = "1 caller")]
    public Task One() => RunAsync(callers: 1);

    /// <summary>Eight callers.</summary>
    [Benchmark(OperationsPerInvoke = Decisions, Description = "8 callers")]
    public Task Eight() => RunAsync(callers: 8);

    private Task RunAsync(int callers) => Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
    {
        for (int i = 0; i < Decisions / callers; i++)
        {
            await _router.RouteAsync(_context);
        }
    })));
}
