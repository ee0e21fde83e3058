namespace ArchRouter.OnnxGenAI.Tests;

public sealed class NativeGoldenTests
{
    [Theory]
    [MemberData(nameof(GoldenDecoder.Kinds), MemberType = typeof(GoldenDecoder))]
    public void Start_GivesTheRecordedLogits(string kind)
    {
        using var place = new NativePlace(GoldenDecoder.FolderOf(kind));
        foreach (GoldenPrompt prompt in GoldenDecoder.Of(kind).Prompts)
        {
            float[] logits = place.Model.Read([.. prompt.Ids]);

            Assert.InRange(Decoders.Difference(prompt.LogitsLast, logits), 0, GoldenDecoder.ToleranceOf(kind));
        }
    }

    [Theory]
    [MemberData(nameof(GoldenDecoder.Kinds), MemberType = typeof(GoldenDecoder))]
    public void Continue_GivesTheRecordedCandidates(string kind)
    {
        using var place = new NativePlace(GoldenDecoder.FolderOf(kind));
        foreach (GoldenPrompt prompt in GoldenDecoder.Of(kind).Prompts)
        {
            float[] first = place.Model.Read([.. prompt.Ids]);
            foreach (GoldenCandidate candidate in prompt.Candidates)
            {
                for (int i = 0; i < candidate.Ids.Count; i++)
                {
                    float[] logits = i == 0 ? first : place.Model.Answer([.. candidate.Ids.Take(i)]);
                    double found = Decoders.LogProbability(logits, candidate.Ids[i]);
                    Assert.Equal(candidate.TokenLogProbabilities[i], found, GoldenDecoder.ToleranceOf(kind));
                }
            }
        }
    }

    /// <summary>Our own decoder and the library agree on the same machine, whatever was read before.</summary>
    [Theory]
    [MemberData(nameof(GoldenDecoder.Kinds), MemberType = typeof(GoldenDecoder))]
    public void Place_GivesWhatTheDecoderGives_WhateverCameBefore(string kind)
    {
        using var place = new NativePlace(GoldenDecoder.FolderOf(kind), chunk: 8);
        using DecoderPlaces places = Decoders.LoadKind(kind, new DecoderOptions { ChunkTokens = 8 });
        var random = new Random(7);
        for (int round = 0; round < 40; round++)
        {
            // Few policies and short conversations, so that prompts often begin alike.
            int stable = 11 + (5 * random.Next(3));
            int[] prompt = [.. Enumerable.Range(0, stable).Select(n => 10 + (n * 7 % 50)), .. Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(10, 13))];
            int[] answer = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(10, 13))];

            float[] read = place.Model.Read(prompt, stable);
            float[] answered = place.Model.Answer(answer);

            places.All[0].Forget();
            Assert.InRange(Decoders.Difference(places.All[0].Read(prompt, stable), read), 0, 2 * GoldenDecoder.ToleranceOf(kind));
            Assert.InRange(Decoders.Difference(places.All[0].Answer(answer), answered), 0, 2 * GoldenDecoder.ToleranceOf(kind));
        }
    }
}
