using ArchRouter.Onnx;

namespace ArchRouter.Benchmarks;

/// <summary>Prints how much resident memory the encoder adds to a process.</summary>
internal static class MemoryCommand
{
    private const int Decisions = 1000;

    public static async Task RunAsync()
    {
        long before = Resident();
        using var engine = EncoderRouterEngine.LoadBundled();
        PreferenceRouter router = new(new RouteTables(Policies.Table(10)), engine, new RouterOptions { Deadline = Timeout.InfiniteTimeSpan });
        await router.WarmUpAsync();
        long loaded = Resident();
        for (int i = 0; i < Decisions; i++)
        {
            await router.RouteAsync(Policies.Context($"{Policies.Request} Variation {i}."));
        }

        long used = Resident();
        Console.WriteLine($"host {Mib(before)} MiB; encoder ready +{Mib(loaded - before)} MiB; after {Decisions} decisions +{Mib(used - before)} MiB");
    }

    private static long Resident()
    {
        GC.Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static long Mib(long bytes) => bytes / (1024 * 1024);
}
