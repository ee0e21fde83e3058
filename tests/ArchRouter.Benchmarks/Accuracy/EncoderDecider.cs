using ArchRouter.Onnx;

namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>The bundled encoder, or another folder's: the most probable of policies and <c>other</c>, no threshold.</summary>
internal sealed class EncoderDecider(EncoderRouterEngine engine) : IDecider
{
    public string Name => engine.ModelId;

    public CaseAnswer Decide(RoutingCase routingCase)
    {
        RouterRequest request = routingCase.ToRequest();
        PolicyScores scores = engine.ScoreAsync(request).AsTask().GetAwaiter().GetResult();
        int best = Enumerable.Range(0, request.Policies.Count).MaxBy(i => scores.Probabilities[i]);
        string bestPolicy = request.Policies[best].Name;
        double[] ranked = [.. scores.Probabilities.Append(scores.Other).OrderDescending().Take(2)];
        return new(scores.Probabilities[best] > scores.Other ? bestPolicy : RoutePolicy.Other, bestPolicy, ranked[0], ranked[0] - ranked[1]);
    }
}
