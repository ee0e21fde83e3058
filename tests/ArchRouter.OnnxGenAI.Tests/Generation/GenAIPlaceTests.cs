namespace ArchRouter.OnnxGenAI.Tests;

public sealed class GenAIPlaceTests
{
    private static readonly int[] Prompt = [.. Enumerable.Range(100, 40)];

    // Names that begin alike, so that scoring must go back and forth between branches.
    private static readonly RouteTrie Answers = new([
        new(0, [7, 8, 9, 4]), new(1, [7, 8, 10, 4]), new(2, [7, 11, 12, 4]), new(3, [13, 14, 4]), new(4, [13, 15, 16, 4]), new(5, [13, 15, 17, 4])]);

    public static TheoryData<GenAIProvider> Providers => [GenAIProvider.DirectML, GenAIProvider.Cuda, GenAIProvider.Cpu];

    [Theory]
    [MemberData(nameof(Providers))]
    public void Scoring_IsThatOfTheSameModelElsewhere(GenAIProvider provider)
    {
        var scorer = new RouteScorer(1, 0);
        var expected = new ScriptedTokenModel(1024, Scripts.Hash);
        using GenAIPlace place = Engines.Place(new StandInLibrary(Scripts.Hash), provider, chunk: 8);

        for (int request = 0; request < 5; request++)
        {
            int[] prompt = [.. Prompt[..30], .. Enumerable.Repeat(200 + request, 1 + request)];
            RouteProbabilities found = scorer.Score(place, prompt, 30, Answers, default);
            Assert.Equal(scorer.Score(expected, prompt, 30, Answers, default).ByCandidate, found.ByCandidate);
            Assert.True(found.Passes > 3, "The branches were not all asked.");
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Logits_AreTheLastRowInEitherPrecision(GenAIProvider provider)
    {
        float[] expected = [.. Enumerable.Range(0, 1024).Select(token => Scripts.Hash(Prompt, token))];

        foreach ((bool half, bool lastOnly) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            using GenAIPlace place = Engines.Place(new StandInLibrary(Scripts.Hash) { Half = half, LastOnly = lastOnly }, provider, chunk: 16);
            Assert.Equal(expected, place.Start(Prompt, 0, default).ToArray());
        }
    }

    [Fact]
    public void DirectML_ReadsEverythingFromTheStartInOnePass()
    {
        var library = new StandInLibrary(Scripts.Hash);
        using GenAIPlace place = Engines.Place(library, GenAIProvider.DirectML, chunk: 8);

        place.Start(Prompt, 20, default);
        place.Continue([7], default);
        place.Continue([7, 8], default);

        Assert.Equal([(0, Prompt), (0, [.. Prompt, 7]), (0, [.. Prompt, 7, 8])], library.Passes, Same);
        Assert.Equal(2, library.Events.Count(what => what == "rewind 0"));
        Assert.Single(library.Events, "generator");
    }

    [Fact]
    public void DirectML_CanMakeTheGeneratorAnew()
    {
        var library = new StandInLibrary(Scripts.Hash);
        using GenAIPlace place = Engines.Place(library, GenAIProvider.DirectML, recreate: true);

        place.Start(Prompt, 20, default);
        place.Continue([7], default);

        Assert.Equal(["generator", "~generator", "generator"], library.Events.Where(what => what.EndsWith("generator", StringComparison.Ordinal)));
        Assert.DoesNotContain(library.Events, what => what.StartsWith("rewind", StringComparison.Ordinal));
    }

    [Fact]
    public void Cuda_NeverGoesOnAfterACut()
    {
        var library = new StandInLibrary(Scripts.Hash);
        using GenAIPlace place = Engines.Place(library, GenAIProvider.Cuda, chunk: 64);

        place.Start(Prompt, 20, default);
        place.Continue([7], default);
        place.Continue([7, 8], default);
        place.Continue([9], default);

        Assert.Equal([(0, Prompt[..20]), (20, Prompt[20..]), (40, [7]), (41, [8]), (0, Prompt[..20]), (20, Prompt[20..]), (40, [9])], library.Passes, Same);
        Assert.Single(library.Events, "rewind 0");
    }

    [Fact]
    public void Processor_ReadsOnlyWhatIsNew()
    {
        var library = new StandInLibrary(Scripts.Hash);
        using GenAIPlace place = Engines.Place(library, GenAIProvider.Cpu, chunk: 64);

        place.Start(Prompt, 30, default);
        place.Continue([7, 8], default);
        place.Continue([7, 9], default);
        int[] next = [.. Prompt[..30], 1, 2, 3];
        place.Start(next, 30, default);

        Assert.Equal([(0, Prompt[..30]), (30, Prompt[30..]), (40, [7, 8]), (41, [9]), (30, [1, 2, 3])], library.Passes, Same);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Start_GivesTheSameTwice(GenAIProvider provider)
    {
        using GenAIPlace place = Engines.Place(new StandInLibrary(Scripts.Hash), provider, chunk: 8);

        float[] once = place.Start(Prompt, 40, default).ToArray();

        Assert.Equal(once, place.Start(Prompt, 40, default).ToArray());
    }

    [Theory]
    [InlineData(GenAIProvider.Cuda)]
    [InlineData(GenAIProvider.Cpu)]
    public void Start_ObservesCancellationBetweenPasses(GenAIProvider provider)
    {
        using var source = new CancellationTokenSource();
        var library = new StandInLibrary(Scripts.Hash);
        using GenAIPlace place = Engines.Place(library, provider, chunk: 8);
        library.OnPass = () =>
        {
            if (library.Passes.Count == 2)
            {
                source.Cancel();
            }
        };

        var error = Assert.ThrowsAny<OperationCanceledException>(() => place.Start(Prompt, 40, source.Token).Length);

        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal(2, library.Passes.Count);
        Assert.Throws<InvalidOperationException>(() => place.Continue([7], default).Length);
        Assert.Equal(Scripts.Hash(Prompt, 3), place.Start(Prompt, 40, default)[3]);
    }

    [Fact]
    public void Continue_ObservesCancellationBeforeItsPass()
    {
        var library = new StandInLibrary(Scripts.Hash);
        using GenAIPlace place = Engines.Place(library, GenAIProvider.DirectML);
        place.Start(Prompt, 40, default);

        Assert.ThrowsAny<OperationCanceledException>(() => place.Continue([7], new CancellationToken(true)).Length);

        Assert.Single(library.Passes);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void AFailedPass_LeavesNothingBehind(GenAIProvider provider)
    {
        var library = new StandInLibrary(Scripts.Hash);
        using GenAIPlace place = Engines.Place(library, provider);
        place.Start(Prompt, 20, default);
        library.OnCall = what => _ = what == "append" ? throw new StandInFault("out of memory") : 0;
        Assert.Throws<StandInFault>(() => place.Start([1, 2], 0, default).Length);
        library.OnCall = null;

        Assert.Equal(Scripts.Hash(Prompt, 3), place.Start(Prompt, 20, default)[3]);

        Assert.Equal(["generator", "~generator", "generator"], library.Events.Where(what => what.EndsWith("generator", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void LogitsThatAreNoNumbers_AreRefused(float logit)
    {
        using GenAIPlace place = Engines.Place(new StandInLibrary((_, token) => token == 1000 ? logit : 0), GenAIProvider.Cpu);

        var error = Assert.Throws<InvalidOperationException>(() => place.Start(Prompt, 0, default).Length);

        Assert.Contains("not a finite number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LogitsOfAnotherShapeOrKind_AreRefused()
    {
        float[] logits = new float[8];

        Assert.Throws<InvalidOperationException>(() => LastLogits.Read(new StandInTensor(new float[14], [1, 2, 7], half: false), logits));
        Assert.Throws<InvalidOperationException>(() => LastLogits.Read(new StandInTensor(new float[16], [2, 1, 8], half: false), logits));
        Assert.Throws<InvalidOperationException>(() => LastLogits.Read(new StandInTensor([], [1, 0, 8], half: false), logits));
        Assert.Throws<InvalidOperationException>(() => LastLogits.Read(new StandInTensor(new float[8], [1, 8], half: false), logits));
        Assert.Throws<InvalidOperationException>(() => LastLogits.Read(new StandInTensor(new float[8], [1, 1, 8], half: false) { Numbers = TensorNumbers.Other }, logits));
    }

    [Fact]
    public void Sequences_KeepToTheContext()
    {
        using GenAIPlace place = Engines.Place(new StandInLibrary(Scripts.Hash), GenAIProvider.Cpu);
        int[] longest = new int[place.ContextLength];

        Assert.Equal(1024, place.Start(longest, 0, default).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => place.Continue([1], default).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => place.Start(new int[place.ContextLength + 1], 0, default).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => place.Start([], 0, default).Length);
    }

    private static bool Same((int Past, int[] Tokens) one, (int Past, int[] Tokens) other) => one.Past == other.Past && one.Tokens.SequenceEqual(other.Tokens);
}
