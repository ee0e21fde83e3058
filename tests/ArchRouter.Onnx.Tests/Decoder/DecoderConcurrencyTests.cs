namespace ArchRouter.Onnx.Tests;

public sealed class DecoderConcurrencyTests
{
    private static readonly string[][] PolicySets =
    [
        ["code_generation", "code_review", "code"],
        ["travel", "travel_booking", "it's \"quoted\"", "emoji 🙂"],
        ["legal", "finance"],
    ];

    [Theory]
    [InlineData("tiny-qwen2-fp32", 1)]
    [InlineData("tiny-qwen2-fp32", 3)]
    [InlineData("tiny-llama-int4", 3)]
    [InlineData("tiny-qwen2-int4-dml", 2)]
    public async Task ScoreAsync_GivesManyCallersWhatItGivesOne(string kind, int concurrency)
    {
        const int Callers = 8;
        RouterRequest[] requests = [.. Enumerable.Range(0, 24).Select(i => Requests.Of($"request {i % 12}", PolicySets[i % PolicySets.Length]))];
        PolicyScores[] expected = new PolicyScores[requests.Length];
        await using (DecoderRouterEngine alone = Engine(kind, 1))
        {
            for (int i = 0; i < requests.Length; i++)
            {
                expected[i] = await alone.ScoreAsync(requests[i]);
                Assert.Equal(1, expected[i].Probabilities.Sum() + expected[i].Other, 1e-9);
                Assert.Equal(expected[i].Probabilities, (await alone.ScoreAsync(requests[i])).Probabilities);
            }
        }

        await using DecoderRouterEngine engine = Engine(kind, concurrency);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (int i = 0; i < requests.Length; i++)
            {
                int mine = (i + (caller * 5)) % requests.Length;
                PolicyScores found = await engine.ScoreAsync(requests[mine]);
                Assert.Equal(expected[mine].Probabilities, found.Probabilities);
            }
        }));
    }

    [Fact]
    public async Task ScoreAsync_GivesTheSameAfterCancelledRuns()
    {
        await using DecoderRouterEngine engine = Engine("tiny-qwen2-fp32", 1);
        RouterRequest request = Requests.Of(new string('x', 1000), PolicySets[0]);
        PolicyScores expected = await engine.ScoreAsync(request);
        for (int delay = 0; delay < 20; delay++)
        {
            using var source = new CancellationTokenSource(delay);
            try
            {
                await engine.ScoreAsync(Requests.Of(new string('y', 1000 + delay), PolicySets[delay % 3]), source.Token);
            }
            catch (OperationCanceledException)
            {
            }

            Assert.Equal(expected.Probabilities, (await engine.ScoreAsync(request)).Probabilities);
        }
    }

    /// <summary>The whole way: a folder, an engine with a short queue, and a router whose deadlines pass in every place of a call.</summary>
    [Fact]
    public async Task RouteAsync_AnswersEveryOneOfManyHurriedCallers()
    {
        const int Callers = 8;
        const int Calls = 16;
        using var folder = new GenAIFolder();
        var options = new DecoderOptions { Layout = "compact", MaxConcurrency = 2, MaxQueue = 2, ChunkTokens = 32 };
        await using DecoderRouterEngine engine = DecoderRouterEngine.Load(folder.Path, options);
        RouteTables[] tables = [.. PolicySets.Select(TablesOf)];
        PreferenceRouter[] patient = [.. tables.Select(table => new PreferenceRouter(table, engine, new RouterOptions { Deadline = Timeout.InfiniteTimeSpan }))];
        RoutingDecision[] expected = new RoutingDecision[patient.Length];
        for (int i = 0; i < patient.Length; i++)
        {
            expected[i] = await patient[i].RouteAsync(Context(0));
            Assert.True(expected[i].Outcome is RoutingOutcome.Matched or RoutingOutcome.NoMatch, expected[i].Reason.ToString());
        }

        RoutingDecision[][] decisions = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            List<RoutingDecision> mine = [];
            for (int i = 0; i < Calls; i++)
            {
                var hurry = new RouterOptions { Deadline = TimeSpan.FromMilliseconds(1 << ((caller + i) % 8)) };
                mine.Add(await new PreferenceRouter(tables[(caller + i) % tables.Length], engine, hurry).RouteAsync(Context(i)));
            }

            return mine.ToArray();
        })));

        RoutingOutcome[] allowed = [RoutingOutcome.Matched, RoutingOutcome.NoMatch, RoutingOutcome.Overloaded, RoutingOutcome.TimedOut];
        Assert.All(decisions.SelectMany(each => each), decision => Assert.Contains(decision.Outcome, allowed));
        for (int i = 0; i < patient.Length; i++)
        {
            RoutingDecision alone = await patient[i].RouteAsync(Context(0));
            Assert.Equal((expected[i].Outcome, expected[i].Policy, expected[i].Probability), (alone.Outcome, alone.Policy, alone.Probability));
        }

        static RouteContext Context(int i) => new() { Conversation = Requests.Of($"request {i}", "a").Conversation };
        static RouteTables TablesOf(string[] policies) => new(RouteTable.Create(table =>
        {
            Array.ForEach(policies, policy => table.Route(policy, $"about {policy}", to: "x"));
            table.Fallback("y");
        }));
    }

    private static DecoderRouterEngine Engine(string kind, int concurrency)
    {
        var options = new DecoderOptions { Slots = concurrency, MaxConcurrency = concurrency, ChunkTokens = 32, MaxContextTokens = 2048 };
        return new RouterModelRuntime(Decoders.LoadKind(kind, options), new LetterPrompts(), LetterPrompts.Description, options).ToEngine();
    }
}
