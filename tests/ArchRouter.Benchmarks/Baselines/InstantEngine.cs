namespace ArchRouter.Benchmarks;

/// <summary>An engine that answers at once, so that only the layers around it are measured.</summary>
internal sealed class InstantEngine : IRouterEngine
{
    private PolicyScores? _scores;

    public ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_scores ??= Score(request.Policies));

    private static PolicyScores Score(PolicySet policies)
    {
        double[] probabilities = new double[policies.Count];
        probabilities[0] = 1;
        return new PolicyScores(policies, probabilities, 0, "instant");
    }
}
