namespace ArchRouter.Onnx.Tests;

public sealed class DecoderGoldenTests
{
    [Theory]
    [MemberData(nameof(GoldenDecoder.Kinds), MemberType = typeof(GoldenDecoder))]
    public void Start_GivesTheLogitsOfTheRealLibrary(string kind)
    {
        using DecoderPlaces places = Decoders.LoadKind(kind);
        foreach (GoldenPrompt prompt in GoldenDecoder.Of(kind).Prompts)
        {
            float[] logits = places.All[0].Read([.. prompt.Ids]);

            Assert.InRange(Decoders.Difference(prompt.LogitsLast, logits), 0, GoldenDecoder.ToleranceOf(kind));
        }
    }

    [Theory]
    [MemberData(nameof(GoldenDecoder.Kinds), MemberType = typeof(GoldenDecoder))]
    public void Continue_GivesTheCandidatesOfTheRealLibrary(string kind)
    {
        using DecoderPlaces places = Decoders.LoadKind(kind);
        DecoderPlace place = places.All[0];
        foreach (GoldenPrompt prompt in GoldenDecoder.Of(kind).Prompts)
        {
            float[] first = place.Read([.. prompt.Ids]);
            foreach (GoldenCandidate candidate in prompt.Candidates)
            {
                for (int i = 0; i < candidate.Ids.Count; i++)
                {
                    float[] logits = i == 0 ? first : place.Answer([.. candidate.Ids.Take(i)]);
                    double found = Decoders.LogProbability(logits, candidate.Ids[i]);
                    Assert.Equal(candidate.TokenLogProbabilities[i], found, GoldenDecoder.ToleranceOf(kind));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(GoldenDecoder.Kinds), MemberType = typeof(GoldenDecoder))]
    public void Continue_FindsTheGreedyTokensOfTheRealLibraryLikeliest(string kind)
    {
        // With random weights two tokens can be as near as rounding, and then another processor takes the other one.
        float tie = 2 * GoldenDecoder.ToleranceOf(kind);
        using DecoderPlaces places = Decoders.LoadKind(kind);
        foreach (GoldenPrompt prompt in GoldenDecoder.Of(kind).Prompts)
        {
            float[] logits = places.All[0].Read([.. prompt.Ids]);
            for (int i = 0; i < prompt.Greedy.Count; i++)
            {
                Assert.InRange(logits.Max() - logits[prompt.Greedy[i]], 0, tie);
                logits = places.All[0].Answer([.. prompt.Greedy.Take(i + 1)]);
            }
        }
    }

    [Fact]
    public void Generate_GivesTheTokensOfTheRealLibrary()
    {
        const string Kind = "tiny-qwen2-fp32";
        using DecoderPlaces places = Decoders.LoadKind(Kind);
        foreach (GoldenPrompt prompt in GoldenDecoder.Of(Kind).Prompts)
        {
            IReadOnlyList<int> answer = GreedyDecoder.Generate(places.All[0], [.. prompt.Ids], [], prompt.Greedy.Count, CancellationToken.None);

            Assert.Equal(prompt.Greedy, answer);
        }
    }

    [Fact]
    public void Generate_StopsAtAnEndToken()
    {
        using DecoderPlaces places = Decoders.LoadKind("tiny-qwen2-fp32");
        GoldenPrompt prompt = GoldenDecoder.Of("tiny-qwen2-fp32").Prompts[0];

        IReadOnlyList<int> answer = GreedyDecoder.Generate(places.All[0], [.. prompt.Ids], [prompt.Greedy[3]], 100, CancellationToken.None);

        Assert.Equal(prompt.Greedy.Take(3), answer);
    }

    [Fact]
    public void Generate_StopsAtTheEndOfTheContext()
    {
        using DecoderPlaces places = Decoders.LoadKind("tiny-qwen2-fp32", new DecoderOptions { MaxContextTokens = 64 });
        GoldenPrompt prompt = GoldenDecoder.Of("tiny-qwen2-fp32").Prompts[2];

        IReadOnlyList<int> answer = GreedyDecoder.Generate(places.All[0], [.. prompt.Ids.Take(60)], [], 100, CancellationToken.None);

        Assert.Equal(4, answer.Count);
    }
}
