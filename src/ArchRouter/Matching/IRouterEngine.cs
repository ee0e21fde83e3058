namespace ArchRouter;

/// <summary>Runs a router model: conversation and policies in, a probability for each policy and for <c>other</c> out. Knows no targets.</summary>
public interface IRouterEngine
{
    /// <summary>Scores the policies for a conversation.</summary>
    /// <remarks>
    /// Must be safe for any number of concurrent callers, must not block the calling thread, and should stop soon after
    /// <paramref name="cancellationToken"/> fires: the router cancels it at its deadline and no longer waits.
    /// </remarks>
    /// <param name="request">The policies and the conversation.</param>
    /// <param name="cancellationToken">Cancelled by the caller or at the deadline.</param>
    /// <returns>A distribution over exactly the policies of <paramref name="request"/>, in their order, and <c>other</c>.</returns>
    /// <exception cref="RouterOverloadedException">Too many requests are waiting already.</exception>
    ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default);
}
