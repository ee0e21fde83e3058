namespace ArchRouter;

/// <summary>Routing failed and <see cref="RouterOptions.Strict"/> is on.</summary>
public sealed class RoutingFailedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="decision">The decision that would have been made otherwise.</param>
    public RoutingFailedException(RoutingDecision decision)
        : base((decision ?? throw new ArgumentNullException(nameof(decision))).Reason, decision.Error) => Decision = decision;

    /// <summary>The decision that would have been made without <see cref="RouterOptions.Strict"/>.</summary>
    public RoutingDecision Decision { get; }
}
