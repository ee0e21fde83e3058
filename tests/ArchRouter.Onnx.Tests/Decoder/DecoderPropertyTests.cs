using CsCheck;

namespace ArchRouter.Onnx.Tests;

public sealed class DecoderPropertyTests
{
    private const int Chunk = 8;
    private static readonly Gen<int[]> Tokens = Gen.Int[3, 900].Array[1, 30];

    // Few policies and short conversations, so that prompts often begin alike.
    private static readonly Gen<int[]> Policies = Gen.Int[0, 2].Select(i => Enumerable.Range(0, 11 + (5 * i)).Select(n => 10 + ((n * (i + 1) * 7) % 50)).ToArray());
    private static readonly Gen<int[]> Conversation = Gen.Int[10, 12].Array[1, 20];
    private static readonly Gen<(int[] Policies, int[] Conversation, int[] Answer)> Request = Gen.Select(Policies, Conversation, Gen.Int[10, 12].Array[1, 3]);

    public static TheoryData<string, bool> Modes
    {
        get
        {
            var modes = new TheoryData<string, bool>();
            foreach (string kind in (string[])["tiny-llama-int4", "tiny-qwen2-fp32", "tiny-qwen2-int4", "tiny-qwen2-int4-dml"])
            {
                modes.Add(kind, false);
                modes.Add(kind, true);
            }

            return modes;
        }
    }

    /// <summary>Appended, rewound and reused sequences give the very bits of a cold run, because prompts are always cut alike.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public void Start_GivesTheSameWhateverCameBefore(string kind, bool copied)
    {
        using DecoderPlaces warm = Decoders.LoadKind(kind, new DecoderOptions { ChunkTokens = Chunk, MaxContextTokens = 128 }, copied);
        using DecoderPlaces cold = Decoders.LoadKind(kind, new DecoderOptions { ChunkTokens = Chunk, MaxContextTokens = 128, Slots = 1 });
        long spared = 0;
        Request.Array[1, 8].Sample(
            requests =>
            {
                foreach ((int[] policies, int[] conversation, int[] answer) in requests)
                {
                    int[] prompt = [.. policies, .. conversation];
                    ITokenModel place = warm.Rent(prompt, policies.Length);
                    spared += ((DecoderPlace)place).Reusable(prompt, policies.Length);
                    float[] found = place.Read(prompt, policies.Length);
                    place.Answer(answer);
                    warm.Return(place);
                    cold.All[0].Forget();
                    Assert.Equal(cold.All[0].Read(prompt, policies.Length), found);
                }
            },
            iter: 25,
            threads: 1);
        Assert.True(spared > 0, "Nothing was ever reused.");
    }

    /// <summary>Answers come token by token, in one piece or after others: one token at a time takes other instructions than several.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public void Continue_GivesNearlyTheSameWhateverAnswerCameBefore(string kind, bool copied)
    {
        using DecoderPlaces places = Decoders.LoadKind(kind, new DecoderOptions { ChunkTokens = Chunk, MaxContextTokens = 128 }, copied);
        (DecoderPlace warm, DecoderPlace cold) = (places.All[0], places.All[1]);
        Gen.Select(Tokens, Gen.Int[10, 11].Array[1, 5].Array[1, 6]).Sample(
            (prompt, answers) =>
            {
                warm.Read(prompt);
                foreach (int[] answer in answers)
                {
                    float[] found = warm.Answer(answer);
                    cold.Forget();
                    float[] expected = cold.Read([.. prompt, .. answer]);
                    Assert.InRange(Decoders.Difference(expected, found), 0, 2 * GoldenDecoder.ToleranceOf(kind));
                }
            },
            iter: 12,
            threads: 1);
    }

    [Fact]
    public void Reusable_KeepsWhatWasCutAlike()
    {
        var kept = new KeptTokens(64, chunk: 4);
        int[] prompt = [.. Enumerable.Range(1, 20)];
        kept.Begin(0, 10);
        kept.AddPrompt(prompt);
        kept.AddAnswer([21, 22, 23, 24]);

        // Policies end at 10; the cuts are 4, 8, 10, 14, 18 and the end.
        Assert.Equal(18, kept.Reusable(prompt, 10));
        Assert.Equal(18, kept.Reusable([.. prompt, 21, 22, 23], 10));
        Assert.Equal(14, kept.Reusable(prompt.AsSpan(0, 17), 10));
        Assert.Equal(10, kept.Reusable([.. prompt[..11], 99, 98], 10));
        Assert.Equal(8, kept.Reusable(prompt, 12));
        Assert.Equal(4, kept.Reusable(prompt, 7));
        Assert.Equal(4, kept.Reusable([.. prompt[..6], 99], 6));
        Assert.Equal(0, kept.Reusable([99], 0));
    }
}
