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
            return new(await EngineCall.ScoreAsync(engine, request, either.Token).ConfigureAwait(false));
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
            return new(null, RoutingOutcome.EngineFailed, error);
        }
    }

    public async Task WarmUpAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        if (policies.Count > 0)
        {
            await EngineCall.WarmUpAsync(engine, new RouterRequest(policies, Greeting), cancellationToken).ConfigureAwait(false);
        }
    }
}
