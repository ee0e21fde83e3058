namespace ArchRouter;

/// <summary>Asks an engine without trusting it: it may hang, ignore cancellation or answer something else.</summary>
internal static class EngineCall
{
    /// <summary>The engine's scores; waits no longer than the token allows, even for an engine that does not observe it.</summary>
    /// <exception cref="InvalidOperationException">The answer is not about the policies of the request.</exception>
    public static async ValueTask<PolicyScores> ScoreAsync(IRouterEngine engine, RouterRequest request, CancellationToken cancellationToken)
    {
        ValueTask<PolicyScores> scoring = engine.ScoreAsync(request, cancellationToken);
        PolicyScores scores = scoring.IsCompleted
            ? await scoring.ConfigureAwait(false)
            : await WithinAsync(scoring.AsTask(), cancellationToken).ConfigureAwait(false);
        return scores is not null && scores.Policies.Version == request.Policies.Version
            ? scores
            : throw new InvalidOperationException($"{engine.GetType().Name}.{nameof(IRouterEngine.ScoreAsync)} did not return scores for the policies it was asked about.");
    }

    /// <summary>Has an engine get ready for a set of policies.</summary>
    public static async Task WarmUpAsync(IRouterEngine engine, RouterRequest request, CancellationToken cancellationToken)
    {
        if (engine is IWarmableEngine warmable)
        {
            await warmable.WarmUpAsync(request, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await engine.ScoreAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

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
