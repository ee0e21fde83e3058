using CsCheck;

namespace ArchRouter.Onnx.Tests;

public sealed class RouteScorerTests
{
    private const int Vocabulary = 6;
    private const int Closing = Vocabulary - 1;

    // Few different tokens, so that answers often begin alike; the closing token keeps one from being the beginning of another.
    private static readonly Gen<int[]> Answer = Gen.Int[0, Closing - 1].Array[0, 5].Select(tokens => (int[])[.. tokens, Closing]);
    private static readonly Gen<Spelling[]> Spellings = Gen.Select(
        Answer.Array[1, 30], Gen.Int[1, 30], (answers, names) => answers
            .DistinctBy(answer => string.Join(',', answer))
            .Select((answer, i) => new Spelling(i % names, answer))
            .ToArray());

    private static readonly Gen<int> Seed = Gen.Int[0, 1_000_000];

    // Flat and steep models, and with them early and late stops.
    private static readonly Gen<double> Steepness = Gen.Double[0.1, 12];

    [Fact]
    public void Score_EqualsExhaustiveEnumeration() => Gen.Select(Spellings, Seed, Steepness, Gen.Double[0.3, 3]).Sample(
        (spellings, seed, steepness, temperature) =>
        {
            ScriptedTokenModel model = Model(seed, steepness);

            RouteProbabilities found = new RouteScorer(temperature, 0).Score(model, [0, 1], 1, new RouteTrie(spellings), CancellationToken.None);

            double[] exact = Enumerate(spellings, Model(seed, steepness), temperature);
            Assert.Equal(exact.Length, found.ByCandidate.Length);
            Assert.All(exact.Zip(found.ByCandidate), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            Assert.Equal(1, found.ByCandidate.Sum(), 1e-9);
            Assert.Equal(model.Asked.Count, found.Passes);
        },
        iter: 2_000,
        threads: 2);

    [Fact]
    public void Score_StopsEarlyWithinTheBoundAndWithTheSameWinner()
    {
        int early = 0;
        Gen.Select(Spellings, Seed, Steepness, Gen.Double[0, 0.5]).Sample(
            (spellings, seed, steepness, tolerance) =>
            {
                var trie = new RouteTrie(spellings);
                RouteProbabilities found = new RouteScorer(1, tolerance).Score(Model(seed, steepness), [0, 1], 1, trie, CancellationToken.None);

                double[] exact = Enumerate(spellings, Model(seed, steepness), 1);
                Interlocked.Add(ref early, found.Unexplored > 0 ? 1 : 0);
                Assert.InRange(found.Unexplored, 0, tolerance);
                Assert.All(exact.Zip(found.ByCandidate), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, found.Unexplored + 1e-9));
                Assert.Equal(1, found.ByCandidate.Sum(), 1e-9);

                // Exact ties may be won by either.
                int winner = Array.IndexOf(found.ByCandidate, found.ByCandidate.Max());
                Assert.Equal(exact.Max(), exact[winner], 1e-9);
            },
            iter: 4_000,
            threads: 2);
        Assert.True(early > 100, $"Only {early} scorings stopped early.");
    }

    [Fact]
    public void Score_TakesOnePassWhereNamesPartAtOnce()
    {
        ScriptedTokenModel model = Model(1, 1);

        RouteProbabilities found = new RouteScorer(1, 0).Score(model, [0], 0, new RouteTrie([new(0, [1, 5]), new(1, [2, 2, 2, 5]), new(2, [3, 5])]), CancellationToken.None);

        Assert.Equal(1, found.Passes);
        Assert.Equal([0], Assert.Single(model.Asked));
    }

    [Fact]
    public void Score_ForcesWhatAllAnswersShare()
    {
        ScriptedTokenModel model = Model(1, 1);

        new RouteScorer(1, 0).Score(model, [0], 0, new RouteTrie([new(0, [4, 4, 1, 5]), new(1, [4, 4, 2, 5])]), CancellationToken.None);

        Assert.Equal([0, 4, 4], Assert.Single(model.Asked));
    }

    [Fact]
    public void Score_AsksNothingOfOneCandidate()
    {
        ScriptedTokenModel model = Model(1, 1);

        RouteProbabilities found = new RouteScorer(1, 0).Score(model, [0], 0, new RouteTrie([new(0, [1, 5])]), CancellationToken.None);

        Assert.Equal([1], found.ByCandidate);
        Assert.Empty(model.Asked);
    }

    [Fact]
    public void Score_AsksTheHeaviestBranchFirstAndLeavesTheLightOne()
    {
        // Token 1 leads to candidates 0 and 1, token 2 to 2 and 3 with next to no mass.
        var model = new ScriptedTokenModel(Vocabulary, (tokens, token) => (tokens.Count, token) switch
        {
            (1, 1) => 9,
            (2, 3) => 5,
            _ => 0,
        });

        RouteProbabilities found = new RouteScorer(1, 0.01).Score(
            model, [0], 0, new RouteTrie([new(0, [1, 3]), new(1, [1, 4]), new(2, [2, 3]), new(3, [2, 4])]), CancellationToken.None);

        Assert.Equal(2, found.Passes);
        Assert.Equal([0, 1], model.Asked[1]);
        Assert.Equal(0, Array.IndexOf(found.ByCandidate, found.ByCandidate.Max()));
        Assert.Equal(found.ByCandidate[2], found.ByCandidate[3]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Score_RefusesLogitsThatAreNoNumbers(float bad)
    {
        var model = new ScriptedTokenModel(Vocabulary, (_, token) => token == 2 ? bad : 0);

        var error = Assert.Throws<InvalidOperationException>(
            () => new RouteScorer(1, 0).Score(model, [0], 0, new RouteTrie([new(0, [1]), new(1, [2])]), CancellationToken.None));

        Assert.Contains("not a finite number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_TemperatureFlattens()
    {
        var trie = new RouteTrie([new(0, [1]), new(1, [2])]);
        double p = new RouteScorer(1, 0).Score(Model(3, 4), [0], 0, trie, CancellationToken.None).ByCandidate[0];

        double warm = new RouteScorer(2, 0).Score(Model(3, 4), [0], 0, trie, CancellationToken.None).ByCandidate[0];

        Assert.Equal(Math.Sqrt(p / (1 - p)), warm / (1 - warm), 1e-9);
    }

    private static ScriptedTokenModel Model(int seed, double steepness) => new(Vocabulary, (tokens, token) =>
    {
        uint hash = (uint)seed;
        foreach (int value in tokens.Append(token))
        {
            hash = ((hash ^ (uint)value) * 16_777_619) ^ (hash >> 13);
        }

        return (float)(steepness * (hash % 1000) / 1000);
    });

    /// <summary>Follows every spelling to its end and divides at every token, forced or not.</summary>
    private static double[] Enumerate(Spelling[] spellings, ScriptedTokenModel model, double temperature)
    {
        double[] exact = new double[spellings.Max(spelling => spelling.Candidate) + 1];
        foreach (Spelling spelling in spellings)
        {
            double probability = 1;
            for (int i = 0; i < spelling.Tokens.Length; i++)
            {
                float[] logits = [.. model.Start([0, 1, .. spelling.Tokens[..i]], 0, CancellationToken.None)];
                IEnumerable<int> ways = spellings.Where(other => other.Tokens.AsSpan().StartsWith(spelling.Tokens.AsSpan(0, i))).Select(other => other.Tokens[i]).Distinct();
                probability *= Math.Exp(logits[spelling.Tokens[i]] / temperature) / ways.Sum(way => Math.Exp(logits[way] / temperature));
            }

            exact[spelling.Candidate] += probability;
        }

        return exact;
    }
}
