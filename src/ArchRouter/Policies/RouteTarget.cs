namespace ArchRouter;

/// <summary>A chat service that can answer: its service id (the key it is registered under) and what is known of it.</summary>
public sealed record RouteTarget
{
    /// <summary>Makes a target.</summary>
    /// <param name="serviceId">The key under which an <c>IChatCompletionService</c> or <c>IChatClient</c> is registered.</param>
    /// <exception cref="ArgumentException"><paramref name="serviceId"/> is null, empty or white space.</exception>
    public RouteTarget(string serviceId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceId);
        ServiceId = serviceId;
    }

    /// <summary>The key under which the service is registered.</summary>
    public string ServiceId { get; }

    /// <summary>
    /// What the service can do, or <see langword="null"/> when nothing is known (the default), in which case it is taken to do everything.
    /// </summary>
    public TargetCapabilities? Capabilities { get; init; }

    /// <summary>The context length in tokens, or <see langword="null"/> when not known.</summary>
    public int? ContextLength { get; init; }

    /// <summary>What its tokens cost, or <see langword="null"/> when not known (the default). Nothing is decided by it.</summary>
    public TargetPrice? Price { get; init; }

    /// <summary>Settings applied where the request says nothing. Default: none.</summary>
    public TargetSettings Settings { get; init; } = new();

    /// <summary>Whether the target can serve a request with these needs, as far as is known.</summary>
    /// <param name="needs">What the request needs.</param>
    public bool Supports(TargetCapabilities needs) => Capabilities is not { } known || (known & needs) == needs;

    /// <inheritdoc/>
    public override string ToString() => ServiceId;
}
