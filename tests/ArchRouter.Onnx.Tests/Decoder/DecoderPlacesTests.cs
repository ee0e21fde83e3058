using Microsoft.ML.OnnxRuntime;

namespace ArchRouter.Onnx.Tests;

public sealed class DecoderPlacesTests : IDisposable
{
    private static readonly int[] First = [.. Enumerable.Range(10, 20)];
    private static readonly int[] Second = [.. Enumerable.Range(100, 20)];
    private static readonly int[] Third = [.. Enumerable.Range(200, 20)];
    private readonly DecoderPlaces _places = Decoders.LoadKind("tiny-qwen2-fp32", new DecoderOptions { Slots = 2, ChunkTokens = 16, MaxContextTokens = 64 });

    public void Dispose() => _places.Dispose();

    [Fact]
    public void Rent_FindsThePlaceWithThePolicies()
    {
        DecoderPlace first = Use(First);
        DecoderPlace second = Use(Second);

        Assert.NotSame(first, second);
        Assert.Same(first, Use([.. First, 7]));
        Assert.Same(second, Use([.. Second, 7]));
    }

    [Fact]
    public void Rent_TakesThePlaceUsedLongestAgoForOtherPolicies()
    {
        DecoderPlace first = Use(First);
        DecoderPlace second = Use(Second);
        Use(First);

        Assert.Same(second, Use(Third));
        Assert.Same(first, Use(First));
    }

    [Fact]
    public void Rent_DoesNotTakeAPlaceForASharedBeginning()
    {
        DecoderPlace first = Use(First);

        Assert.NotSame(first, Use([.. First[..16], .. Second]));
    }

    [Fact]
    public void Rent_GoesOnWithPoliciesWhoseReadingWasStopped()
    {
        DecoderPlace stopped = Stop(First);
        Assert.Equal(16, stopped.TokensRun);

        // The other place was used longer ago: never.
        Assert.Same(stopped, Use(First));
        Assert.Equal(21, stopped.TokensRun);
    }

    [Fact]
    public void Rent_PrefersThePlaceThatHasAllOfThePolicies()
    {
        ITokenModel whole = _places.Rent(First, 20);
        whole.Read(First, 20);
        DecoderPlace stopped = Stop(First);
        _places.Return(whole);

        Assert.NotSame(whole, stopped);
        Assert.Same(whole, Use(First));
    }

    [Fact]
    public void Rent_TakesAStoppedPlaceForOtherPoliciesOnlyInItsTurn()
    {
        DecoderPlace stopped = Stop(First);
        int[] sameLength = [.. First[..10], .. Second[..10]];

        Assert.NotSame(stopped, Use(sameLength));
        Assert.Same(stopped, Use(First));
    }

    [Fact]
    public void Rent_RefusesMoreThanThereAre()
    {
        _places.Rent(First, 20);
        _places.Rent(Second, 20);

        Assert.Throws<InvalidOperationException>(() => _places.Rent(Third, 20));
    }

    [Fact]
    public void Start_ReadsOnlyWhatIsNew()
    {
        DecoderPlace place = Use(First);
        Assert.Equal(21, place.TokensRun);

        Use(First);
        Assert.Equal(22, place.TokensRun);

        place.Read([.. First, 8, 9, 10], 20);
        Assert.Equal(25, place.TokensRun);
    }

    [Fact]
    public void Start_StopsBetweenChunksAndKeepsWhatIsRead()
    {
        DecoderPlace place = _places.All[0];
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => place.Start(First, 20, source.Token));

        float[] found = place.Read(First, 20);
        Assert.Equal(_places.All[1].Read(First, 20), found);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_StopsWithinARunAndLeavesTheSequenceWhole(bool copied)
    {
        // Its second run is the long one, and the stop comes ever later in it.
        using DecoderPlaces places = Decoders.LoadKind("tiny-qwen2-fp32", new DecoderOptions { ChunkTokens = 512 }, copied);
        int[] longPrompt = [.. First, .. Enumerable.Range(0, 1000).Select(i => i % 900)];
        int stopped = 0;
        for (int round = 0; stopped < 20; round++)
        {
            Assert.True(round < 1000, "Hardly any run was ever stopped.");
            DecoderPlace place = places.All[0];
            place.Read(First, 20);
            long before = place.TokensRun;
            using var source = new CancellationTokenSource();
            Task cancelling = Task.Run(() =>
            {
                SpinWait.SpinUntil(() => place.TokensRun > before);
                Thread.SpinWait(1000 * (round % 40));
                source.Cancel();
            });
            try
            {
                place.Start(longPrompt, 20, source.Token);
            }
            catch (OperationCanceledException)
            {
                stopped++;
            }

            await cancelling;
            float[] found = place.Read([.. First, 5], 20);
            places.All[1].Forget();
            Assert.Equal(places.All[1].Read([.. First, 5], 20), found);
        }
    }

    [Fact]
    public void Start_RefusesWhatDoesNotFit()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _places.All[0].Read([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _places.All[0].Read(new int[65]));
        _places.All[0].Read(new int[64]);
        Assert.Throws<ArgumentOutOfRangeException>(() => _places.All[0].Answer([1]));
    }

    [Fact]
    public void BytesOfPlace_CountsEveryBuffer()
    {
        var names = new DecoderNames("i", "m", null, "k%d", "v%d", "l", "K%d", "V%d");
        var config = new GenAIConfig("model.onnx", 151_936, 32_768, [0], Layers: 28, KeyValueHeads: 2, HeadSize: 128, names);
        var shape = new DecoderShape(config, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, false, SharedCache: true);

        // 57,344 bytes a token for Qwen2.5-1.5B, and 28 for its id, position, place in the mask and copy.
        Assert.Equal((4096 * (57_344L + 28)) + (151_936 * 4), shape.BytesOfPlace(4096));
        Assert.Equal((4096 * ((2 * 57_344L) + 28)) + (151_936 * 4), (shape with { SharedCache = false }).BytesOfPlace(4096));
        Assert.Equal(128L * 151_936 * 4, shape.BytesOfLogits(128));
        Assert.Equal(151_936 * 4L, (shape with { LastLogitsOnly = true }).BytesOfLogits(128));
    }

    /// <summary>Begins to read policies and does not finish: the second run fails, which leaves the place as a cancelled one does.</summary>
    private DecoderPlace Stop(int[] policies)
    {
        ITokenModel place = _places.Rent(policies, 20);
        Assert.Throws<OnnxRuntimeException>(() => place.Read([.. policies[..19], int.MaxValue], 20));
        _places.Return(place);
        return (DecoderPlace)place;
    }

    private DecoderPlace Use(int[] prompt)
    {
        ITokenModel place = _places.Rent(prompt, 20);
        place.Read(prompt.Length == 20 ? [.. prompt, 7] : prompt, 20);
        _places.Return(place);
        return (DecoderPlace)place;
    }
}
