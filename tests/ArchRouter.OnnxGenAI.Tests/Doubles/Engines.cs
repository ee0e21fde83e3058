namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>Short ways to make engines on the stand-in.</summary>
internal static class Engines
{
    public static GenAIOptions Options(GenAIProvider provider, Action<GenAIOptions>? configure = null)
    {
        var options = new GenAIOptions { Provider = provider };
        configure?.Invoke(options);
        return options.CheckedCopy(() => throw new InvalidOperationException("The provider is given."));
    }

    public static GenAIRouterEngine Load(this GenAIEngines engines, ModelFolder folder, GenAIProvider provider, Action<GenAIOptions>? configure = null) =>
        engines.Load(folder.Path, Options(provider, options =>
        {
            options.Layout = "compact";
            configure?.Invoke(options);
        }));

    /// <summary>A place without a folder.</summary>
    public static GenAIPlace Place(StandInLibrary library, GenAIProvider provider, int chunk = 128, bool recreate = false)
    {
        ProviderTraits traits = ProviderTraits.Of(provider);
        IGenAIConfig config = library.OpenConfig("");
        ProviderSetup.Apply(config, traits, new GenAIOptions { Provider = provider });
        var slot = new GeneratorSlot(library.LoadModel(config), 512, recreate);
        return new GenAIPlace(slot, traits, 511, library.Vocabulary, chunk);
    }
}
