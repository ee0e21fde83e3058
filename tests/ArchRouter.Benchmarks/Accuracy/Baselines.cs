namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>Never routes: what an application without a router does.</summary>
internal sealed class AlwaysOther : IDecider
{
    public string Name => "always other";

    public CaseAnswer Decide(RoutingCase routingCase) => new(RoutePolicy.Other, null, null);
}

/// <summary>The policy that shares most words with the latest message; none shared means <c>other</c>.</summary>
internal sealed class KeywordOverlap : IDecider
{
    public string Name => "keyword overlap";

    public CaseAnswer Decide(RoutingCase routingCase)
    {
        HashSet<string> asked = [.. Words.Of(routingCase.LatestText)];
        (string policy, int shared) = routingCase.Routes
            .Select(route => (route.Name, Words.Of(route).Distinct().Count(asked.Contains)))
            .MaxBy(pair => pair.Item2);
        return shared > 0 ? new(policy, policy, null) : new(RoutePolicy.Other, null, null);
    }
}

/// <summary>The policy nearest to the latest message by TF-IDF cosine, the policies of the case being the documents; below a fixed threshold <c>other</c>.</summary>
internal sealed class TfIdfNearest(double threshold) : IDecider
{
    public string Name => FormattableString.Invariant($"tf-idf >= {threshold:0.00}");

    public CaseAnswer Decide(RoutingCase routingCase)
    {
        List<Dictionary<string, int>> documents = [.. routingCase.Routes.Select(route => Count(Words.Of(route)))];
        Dictionary<string, int> asked = Count(Words.Of(routingCase.LatestText));
        int best = 0;
        double bestCosine = -1;
        for (int i = 0; i < documents.Count; i++)
        {
            double cosine = Cosine(asked, documents[i], documents);
            if (cosine > bestCosine)
            {
                (best, bestCosine) = (i, cosine);
            }
        }

        string policy = routingCase.Routes[best].Name;
        return new(bestCosine >= threshold ? policy : RoutePolicy.Other, bestCosine > 0 ? policy : null, null);
    }

    private static Dictionary<string, int> Count(IEnumerable<string> words) => words.CountBy(word => word).ToDictionary();

    private static double Cosine(Dictionary<string, int> a, Dictionary<string, int> b, List<Dictionary<string, int>> documents)
    {
        double Weight(string word, int count) => count * (1 + Math.Log((documents.Count + 1.0) / (documents.Count(d => d.ContainsKey(word)) + 1.0)));
        double Length(Dictionary<string, int> words) => Math.Sqrt(words.Sum(pair => Math.Pow(Weight(pair.Key, pair.Value), 2)));
        double dot = a.Where(pair => b.ContainsKey(pair.Key)).Sum(pair => Weight(pair.Key, pair.Value) * Weight(pair.Key, b[pair.Key]));
        return dot == 0 ? 0 : dot / (Length(a) * Length(b));
    }
}
