using System.Diagnostics;

namespace ArchRouter.Onnx.Tests;

/// <summary>Runs alone: memory belongs to the process, and other tests would use it too.</summary>
[CollectionDefinition(nameof(EncoderLoadTests), DisableParallelization = true)]
[Collection(nameof(EncoderLoadTests))]
public sealed class EncoderLoadTests
{
    private const int Callers = 64;
    private const int WarmUp = 1_000;
    private const int Rounds = 3;
    private const int CallsInARound = 3_000;
    private const long ManagedBound = (8L << 20) / Rounds;
    private const long ResidentBound = (48L << 20) / Rounds;

    [Fact]
    public async Task ScoreAsync_StandsManyCallersWithoutWrongAnswersOrGrowth()
    {
        await using EncoderRouterEngine engine = EncoderRouterEngine.LoadBundled(new EncoderOptions { CompiledTables = 63 });
        PolicySet policies = GoldenFile.Instance.Cases[0].PolicySet;
        ConversationWindow[] asked = [.. GoldenFile.Instance.Cases.Select(golden => golden.Conversation).Where(window => window.Messages.Sum(m => m.Text.Length) < 250)];
        PolicyScores[] expected = new PolicyScores[asked.Length];
        for (int i = 0; i < asked.Length; i++)
        {
            expected[i] = await engine.ScoreAsync(new RouterRequest(policies, asked[i]));
        }

        int wrong = 0;
        async Task AskAsync(int count)
        {
            int next = -1;
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
            {
                for (int i; (i = Interlocked.Increment(ref next)) < count;)
                {
                    PolicyScores scores = await engine.ScoreAsync(new RouterRequest(policies, asked[i % asked.Length]));
                    bool same = scores.Probabilities.SequenceEqual(expected[i % asked.Length].Probabilities);
                    Interlocked.Add(ref wrong, same ? 0 : 1);
                }
            }));
        }

        await AskAsync(WarmUp);
        (long managed, long resident) least = (long.MaxValue, long.MaxValue);
        (long managed, long resident) before = Memory();
        for (int round = 0; round < Rounds; round++)
        {
            await AskAsync(CallsInARound);
            (long managed, long resident) after = Memory();
            least = (Math.Min(least.managed, after.managed - before.managed), Math.Min(least.resident, after.resident - before.resident));
            before = after;
        }

        // The runtime and the allocators take more now and then; what the calls leave behind comes in every round.
        Assert.Equal(0, wrong);
        Assert.InRange(least.managed, long.MinValue, ManagedBound);
        Assert.InRange(least.resident, long.MinValue, ResidentBound);
    }

    private static (long Managed, long Resident) Memory()
    {
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        using Process process = Process.GetCurrentProcess();
        return (managed, process.WorkingSet64);
    }
}
