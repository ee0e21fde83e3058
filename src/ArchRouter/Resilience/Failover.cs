using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace ArchRouter;

/// <summary>Asks the targets of a decision in order: the next one takes over when one fails in a retryable way before any output.</summary>
internal static class Failover
{
    /// <summary>Runs a call that answers at once; gives the answer and the target that gave it.</summary>
    public static async Task<(T Answer, RouteTarget ServedBy)> CallAsync<T>(
        RoutingDecision decision, Func<RouteTarget, Task<T>> call, Func<bool> mayMoveOn, ILogger logger, CancellationToken cancellationToken)
    {
        for (int i = 0; ; i++)
        {
            RouteTarget target = decision.Targets[i];
            try
            {
                return (await call(target).ConfigureAwait(false), target);
            }
            catch (Exception error) when (MayMoveOn(decision, i, error, cancellationToken) && mayMoveOn())
            {
                MoveOn(decision, i, error, logger);
            }
        }
    }

    /// <summary>Runs a call that streams; gives each update and the target that gave it.</summary>
    public static async IAsyncEnumerable<(T Update, RouteTarget ServedBy)> StreamAsync<T>(
        RoutingDecision decision, Func<RouteTarget, IAsyncEnumerable<T>> call, Func<bool> mayMoveOn, ILogger logger, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; ; i++)
        {
            RouteTarget target = decision.Targets[i];
            IAsyncEnumerator<T>? updates = null;
            bool more;
            try
            {
                updates = call(target).GetAsyncEnumerator(cancellationToken);
                more = await updates.MoveNextAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (MayMoveOn(decision, i, error, cancellationToken) && mayMoveOn())
            {
                await DisposeFailedAsync(updates).ConfigureAwait(false);
                MoveOn(decision, i, error, logger);
                continue;
            }
            catch
            {
                await DisposeFailedAsync(updates).ConfigureAwait(false);
                throw;
            }

            try
            {
                for (; more; more = await updates.MoveNextAsync().ConfigureAwait(false))
                {
                    yield return (updates.Current, target);
                }

                yield break;
            }
            finally
            {
                await updates.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask DisposeFailedAsync<T>(IAsyncEnumerator<T>? updates)
    {
        try
        {
            if (updates is not null)
            {
                await updates.DisposeAsync().ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // The stream has failed already, and that failure is the one to act on or to surface.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private static bool MayMoveOn(RoutingDecision decision, int index, Exception error, CancellationToken cancellationToken) =>
        index + 1 < decision.Targets.Count && TargetFailure.IsRetryable(error, cancellationToken);

    private static void MoveOn(RoutingDecision decision, int index, Exception error, ILogger logger)
    {
        string from = decision.Targets[index].ServiceId;
        string to = decision.Targets[index + 1].ServiceId;
        Log.FailedOver(logger, from, to, error);
        ArchRouterTelemetry.RecordFailover(from, to);
    }
}
