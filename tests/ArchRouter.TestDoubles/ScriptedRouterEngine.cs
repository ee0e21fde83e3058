using System.Collections.Concurrent;

namespace ArchRouter.TestDoubles;

/// <summary>An engine that answers by a function of the request's latest text and counts how often it was asked.</summary>
public sealed class ScriptedRouterEngine(Func<RouterRequest, CancellationToken, ValueTask<PolicyScores>> answer) : IRouterEngine
{
    private readonly ConcurrentQueue<RouterRequest> _requests = new();

    /// <summary>The requests so far.</summary>
    public IReadOnlyCollection<RouterRequest> Requests => _requests;

    /// <summary>Gives the policy whose name <paramref name="pick"/> returns a probability of 0.9; null or an unknown name means other.</summary>
    public static ScriptedRouterEngine Picking(Func<string, string?> pick) =>
        new((request, _) => ValueTask.FromResult(Scores(request.Policies, pick(request.Conversation.Messages[^1].Text))));

    /// <summary>Picks the first policy whose name occurs in the latest text.</summary>
    public static ScriptedRouterEngine ByMention() =>
        new((request, _) => ValueTask.FromResult(Scores(
            request.Policies,
            request.Policies.FirstOrDefault(p => request.Conversation.Messages[^1].Text.Contains(p.Name, StringComparison.Ordinal))?.Name)));

    /// <summary>Fails with an exception.</summary>
    public static ScriptedRouterEngine Failing(Exception error) => new((_, _) => ValueTask.FromException<PolicyScores>(error));

    /// <summary>A distribution in which one name has 0.9 and the rest share 0.1.</summary>
    public static PolicyScores Scores(PolicySet policies, string? winner)
    {
        int index = winner is null ? -1 : policies.IndexOf(winner);
        double rest = 0.1 / policies.Count;
        double[] probabilities = [.. Enumerable.Range(0, policies.Count).Select(i => i == index ? 0.9 : rest)];
        return new PolicyScores(policies, probabilities, index < 0 ? 0.9 : rest, "scripted");
    }

    /// <inheritdoc/>
    public ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default)
    {
        _requests.Enqueue(request);
        return answer(request, cancellationToken);
    }
}
