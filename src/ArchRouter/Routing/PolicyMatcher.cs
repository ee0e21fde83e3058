namespace ArchRouter;

/// <summary>Asks the engine within the deadline and turns every failure into an outcome.</summary>
internal sealed class PolicyMatcher(IRouterEngine engine, TimeSpan deadline, TimeProvider time)
{
    private static readonly ConversationWindow Greeting = new([new(ConversationRole.User, "hello")]);

    public async ValueTask<MatchResult> MatchAsync(RouterRequest request, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            ValueTask<PolicyScores> scoring = engine.ScoreAsync(request, either.Token);
            PolicyScores scores = scoring.IsCompleted
                ? await scoring.ConfigureAwait(false)
                : await WithinAsync(scoring.AsTask(), either.Token).ConfigureAwait(false);
            return scores is not null && scores.Policies.Version == request.Policies.Version
                ? new(scores)
                : Failed(new InvalidOperationException($"{engine.GetType().Name}.{nameof(IRouterEngine.ScoreAsync)} did not return scores for the policies it was asked about."));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // However the engine reports it, what the caller cancelled did not fail.
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        catch (OperationCanceledException error) when (expiry.IsCancellationRequested)
        {
            return new(null, RoutingOutcome.TimedOut, new TimeoutException($"The router model did not answer within {deadline}.", error));
        }
        catch (RouterOverloadedException error)
        {
            return new(null, RoutingOutcome.Overloaded, error);
        }
#pragma warning disable CA1031 // Whatever an engine throws, the call goes on with the fallback; the decision carries the error.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Failed(error);
        }
    }

    public async Task WarmUpAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        if (policies.Count > 0)
        {
            await engine.ScoreAsync(new RouterRequest(policies, Greeting), cancellationToken).ConfigureAwait(false);
        }
    }

    private static MatchResult Failed(Exception error) => new(null, RoutingOutcome.EngineFailed, error);

    /// <summary>Waits no longer than the token allows, even for an engine that does not observe it.</summary>
    private static async Task<PolicyScores> WithinAsync(Task<PolicyScores> scoring, CancellationToken token)
    {
        try
        {
            return await scoring.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!scoring.IsCompleted)
        {
            // Nobody waits for it any more; a later failure of it has nobody to go to.
            _ = scoring.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }
}
