namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>Folders that the converter made are loaded by the real library.</summary>
public sealed class NativeConvertedModelTests
{
    // As between two processors; see ModelConverterTests.
    private const float Tipped = 0.15f;

    [Theory]
    [InlineData(GenAIFixture.Qwen2)]
    [InlineData(GenAIFixture.DirectML)]
    [InlineData(GenAIFixture.Llama)]
    public async Task Library_RunsWhatTheConverterMade(string fixture)
    {
        using TestCheckpoint checkpoint = FixtureCheckpoint.Of(fixture);
        checkpoint.Write();
        await ModelConverter.ConvertAsync(checkpoint.Path, checkpoint.Target, new() { Target = GenAIFixture.TargetOf(fixture) });
        using var place = new NativePlace(checkpoint.Target);

        foreach (GoldenPrompt prompt in GoldenDecoder.Of(fixture).Prompts)
        {
            Assert.InRange(Decoders.Difference(prompt.LogitsLast, place.Model.Read([.. prompt.Ids])), 0, Tipped);
        }
    }

    [Fact]
    public void Library_RunsASyntheticModel()
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("archrouter-native-");
        try
        {
            string folder = Path.Combine(root.FullName, "model");
            SyntheticModel.Create(folder, GenAIFixture.Small, Path.Combine(GenAIFixture.Folder(GenAIFixture.Qwen2), "tokenizer.json"), 1);
            int[] prompt = [.. Enumerable.Range(5, 41)];
            using var place = new NativePlace(folder);
            using DecoderPlaces own = Decoders.Load(folder);

            Assert.InRange(Decoders.Difference(own.All[0].Read(prompt), place.Model.Read(prompt)), 0, Tipped);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
