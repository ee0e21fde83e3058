namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>The stand-in is worth something only if it refuses what the real library refuses, or silently gets wrong.</summary>
public sealed class StandInLimitTests
{
    private readonly StandInLibrary _library = new(Scripts.Hash);

    [Fact]
    public void DirectML_TakesNothingAfterTheFirstTokens()
    {
        using IGenerator generator = Generator("dml");
        generator.AppendTokens([1, 2]);

        Assert.Throws<StandInFault>(() => generator.AppendTokens([3]));
        generator.RewindTo(1);
        Assert.Throws<StandInFault>(() => generator.AppendTokens([3]));
        generator.RewindTo(0);
        generator.AppendTokens([3]);
    }

    [Theory]
    [InlineData("cuda", false)]
    [InlineData(null, true)]
    public void OnlyTheProcessor_GoesOnRightlyAfterACut(string? provider, bool right)
    {
        using IGenerator generator = Generator(provider);
        generator.AppendTokens([1, 2, 3]);
        generator.RewindTo(2);
        generator.AppendTokens([4]);

        using ITensor logits = generator.GetOutput("logits");
        Assert.Equal(right, logits.Read<float>()[1023] == Scripts.Hash([1, 2, 4], 1023));
    }

    [Fact]
    public void AnUnknownOutput_EndsTheProcess()
    {
        using IGenerator generator = Generator(null);
        generator.AppendTokens([1]);

        Assert.Throws<StandInCrash>(() => generator.GetOutput("logitz"));
    }

    [Fact]
    public void MaxLength_IsAtMostTheContext() => Assert.Throws<StandInFault>(() => Model(null).CreateGenerator(_library.ContextLength + 1));

    [Fact]
    public void DirectML_HasOneModel()
    {
        Model("dml").Dispose();
        using IGenAIModel one = Model("dml");

        Assert.Throws<StandInCrash>(() => Model("dml"));
    }

    [Fact]
    public void Models_AreNotLoadedAfterShutdown()
    {
        IDisposable handle = _library.OpenHandle();
        handle.Dispose();

        Assert.Throws<StandInCrash>(() => Model(null));
        Assert.Throws<StandInCrash>(handle.Dispose);
    }

    [Fact]
    public async Task Generators_TakeOneCallerAtATime()
    {
        using var stage = new Stage();
        _library.OnPass = () => stage.Pass();
        using IGenerator generator = Generator(null);
        Task running = Task.Run(() => generator.AppendTokens([1]));
        await stage.ArrivedAsync();

        Assert.Throws<StandInCrash>(() => generator.RewindTo(0));
        stage.Open();
        await running;
    }

    private IGenerator Generator(string? provider) => Model(provider).CreateGenerator(64);

    private IGenAIModel Model(string? provider)
    {
        IGenAIConfig config = _library.OpenConfig("");
        config.ClearProviders();
        if (provider is not null)
        {
            config.AppendProvider(provider);
        }

        return _library.LoadModel(config);
    }
}
