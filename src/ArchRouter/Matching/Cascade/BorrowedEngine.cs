namespace ArchRouter;

/// <summary>An engine that somebody else disposes.</summary>
internal sealed class BorrowedEngine(IRouterEngine engine) : IRouterEngine, IWarmableEngine
{
    public ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default) =>
        engine.ScoreAsync(request, cancellationToken);

    public Task WarmUpAsync(RouterRequest request, CancellationToken cancellationToken) => EngineCall.WarmUpAsync(engine, request, cancellationToken);
}
