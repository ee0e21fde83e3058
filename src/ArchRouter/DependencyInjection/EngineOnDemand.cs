using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter;

/// <summary>
/// The registered engine, made when it is first asked: where no table has a policy, rules and the fallback decide, and a model would be loaded for
/// nothing. Only a call with a table of its own may still ask.
/// </summary>
internal sealed class EngineOnDemand(IServiceProvider services) : IRouterEngine
{
    private IRouterEngine? _engine;

    /// <inheritdoc/>
    public ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default) =>
        _engine is { } engine ? engine.ScoreAsync(request, cancellationToken) : MakeAndScoreAsync(request, cancellationToken);

    private async ValueTask<PolicyScores> MakeAndScoreAsync(RouterRequest request, CancellationToken cancellationToken)
    {
        // Loading a model takes its time, and callers must not be blocked.
        IRouterEngine engine = await Task.Run(services.GetRequiredService<IRouterEngine>, cancellationToken).ConfigureAwait(false);
        _engine = engine;
        return await engine.ScoreAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
