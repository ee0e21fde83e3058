using System.Runtime.CompilerServices;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>Runs alone: memory belongs to the process, and other tests would use it too.</summary>
[CollectionDefinition(nameof(ConcurrencyTests), DisableParallelization = true)]
[Collection(nameof(ConcurrencyTests))]
public sealed class ConcurrencyTests
{
    private const int Callers = 64;
    private const int Requests = 10_000;
    private const long AllowedGrowth = 4 * 1024 * 1024;

    private static readonly string[] Names = [.. Enumerable.Range(0, 20).Select(i => $"policy{i:00}")];

    [Fact]
    public async Task ManyCallers_EachGetTheTargetOfTheirOwnRequest_AndLeaveNothingBehind()
    {
        Kernel kernel = Build();
        // Fills the memory of turns and every cache, so that what grows after is a leak.
        Assert.Equal(0, await CountWrongAsync(kernel, Requests / 4));
        long least = long.MaxValue;
        // A leak grows in every round; what the runtime keeps for itself does not.
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetTotalMemory(forceFullCollection: true);
            Assert.Equal(0, await CountWrongAsync(kernel, Requests));
            least = Math.Min(least, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.InRange(least, long.MinValue, AllowedGrowth);
    }

    private static async Task<int> CountWrongAsync(Kernel kernel, int requests)
    {
        int wrong = 0;
        await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (i, token) =>
        {
            int policy = i % Names.Length;
            (string text, RoutingDecision? decision) = await Ask.PromptAsync(kernel, $"request {i} {Names[policy]}", streaming: i % 3 == 0, token: token);
            if (decision?.Policy != Names[policy] || text != (policy % 2 == 0 ? "fast" : "strong"))
            {
                Interlocked.Increment(ref wrong);
            }
        });
        return wrong;
    }

    private static Kernel Build()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("fast", new NamedService("fast"));
        builder.Services.AddKeyedSingleton<IChatCompletionService>("strong", new NamedService("strong"));
        builder.AddArchRouterSelector(
            routes =>
            {
                for (int i = 0; i < Names.Length; i++)
                {
                    routes.Route(Names[i], $"Requests of kind {i}", to: i % 2 == 0 ? "fast" : "strong");
                }

                routes.Fallback("fast");
            },
            router => router.UseEngine(new LastWordEngine()));
        return builder.Build();
    }

    /// <summary>Picks the policy that the request's last word names, on another thread and after others have asked, as a real engine does.</summary>
    private sealed class LastWordEngine : IRouterEngine
    {
        public async ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return ScriptedRouterEngine.Scores(request.Policies, request.Conversation.Messages[^1].Text.Split(' ')[^1]);
        }
    }

    private sealed class NamedService(string name) : IChatCompletionService
    {
        public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?>();

        public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
            ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return [new ChatMessageContent(AuthorRole.Assistant, name)];
        }

        public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
            ChatHistory chatHistory,
            PromptExecutionSettings? executionSettings = null,
            Kernel? kernel = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new StreamingChatMessageContent(AuthorRole.Assistant, name);
        }
    }
}
