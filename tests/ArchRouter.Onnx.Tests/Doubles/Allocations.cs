namespace ArchRouter.Onnx.Tests;

/// <summary>Measures what code allocates on the thread it runs on.</summary>
internal static class Allocations
{
    private const int Rounds = 5;

    /// <summary>
    /// The bytes that every one of several runs allocated. The runtime itself allocates on a caller's thread now and then, as when it compiles a
    /// method again; what the code allocates comes in every run.
    /// </summary>
    public static long Of(Action run)
    {
        run();
        long least = long.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
