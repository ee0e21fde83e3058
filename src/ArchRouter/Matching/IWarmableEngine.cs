namespace ArchRouter;

/// <summary>An engine that one ordinary request does not get ready as a whole.</summary>
internal interface IWarmableEngine
{
    /// <summary>Compiles the request's policies everywhere.</summary>
    Task WarmUpAsync(RouterRequest request, CancellationToken cancellationToken);
}
