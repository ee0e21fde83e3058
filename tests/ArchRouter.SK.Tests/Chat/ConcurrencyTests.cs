using ArchRouter.TestDoubles;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK.Tests;

public sealed class ConcurrencyTests
{
    private const int Callers = 64;
    private const int Requests = 10_000;

    [Fact]
    public async Task ManyCallers_EachGetTheTargetOfTheirOwnRequest()
    {
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"policy{i:00}")];
        // The engine answers on other threads and after others have asked, as a real one does.
        var test = new TestKernel
        {
            Engine = new ScriptedRouterEngine(async (request, _) =>
            {
                await Task.Yield();
                return ScriptedRouterEngine.Scores(request.Policies, request.Conversation.Messages[^1].Text.Split(' ')[^1]);
            }),
            Routes = routes =>
            {
                for (int i = 0; i < names.Length; i++)
                {
                    routes.Route(names[i], $"Requests of kind {i}", to: i % 2 == 0 ? "fast" : "strong");
                }

                routes.Fallback("fast");
            },
        };
        Kernel kernel = test.Build();
        int wrong = 0;

        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (i, token) =>
        {
            int policy = i % names.Length;
            (string text, RoutingDecision? decision) = await Ask.PromptAsync(kernel, $"request {i} {names[policy]}", streaming: i % 3 == 0, token: token);
            if (decision?.Policy != names[policy] || text != (policy % 2 == 0 ? "fast" : "strong"))
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
        Assert.Equal(Requests, test.Engine.Requests.Count);
    }
}
