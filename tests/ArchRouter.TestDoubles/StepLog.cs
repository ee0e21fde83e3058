using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ArchRouter.TestDoubles;

/// <summary>Keeps the decision of every request that passes through it, in the order in which they were answered.</summary>
public sealed class StepLog(IChatClient inner) : DelegatingChatClient(inner)
{
    private readonly ConcurrentQueue<RoutingDecision> _decisions = new();

    /// <summary>The decisions so far.</summary>
    public IReadOnlyList<RoutingDecision> Decisions => [.. _decisions];

    /// <summary>The decisions in short: <c>Coder Agent Matched code strong</c>.</summary>
    public IReadOnlyList<string> Lines => [.. _decisions.Select(d => $"{d.AgentName ?? "-"} {d.Step} {d.Outcome} {d.Policy ?? "-"} {d.ServedBy}")];

    /// <summary>Awaited once an answer is complete, before it is handed on.</summary>
    public Func<RoutingDecision, Task> AfterAnswer { get; set; } = _ => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatResponse response = await base.GetResponseAsync(messages, options, cancellationToken);
        _decisions.Enqueue(response.GetRoutingDecision()!);
        await AfterAnswer(response.GetRoutingDecision()!);
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        RoutingDecision? last = null;
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            if (update.GetRoutingDecision() is { } decision)
            {
                _decisions.Enqueue(last = decision);
            }

            yield return update;
        }

        await AfterAnswer(last!);
    }
}
