using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>Loads a model from its folder and checks everything that can be checked before the first request.</summary>
internal static class GenAILoader
{
    /// <summary>Looks at the folder's files; quick, and without the library.</summary>
    public static GenAIConfig? Describe(ModelFolderReport report)
    {
        GenAIConfig? config = DecoderLoader.Describe(report)?.Config;
        if (config is not null && config.Names.Logits != LastLogits.Output)
        {
            report.Add(GenAIConfig.FileName, $"The graph's logits are called '{config.Names.Logits}'; this engine reads '{LastLogits.Output}'.", "Build the folder again with ONNX Runtime GenAI's model builder.");
        }

        return report.IsClean ? config : null;
    }

    /// <param name="config">What the folder says of itself.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="process">The library.</param>
    /// <param name="report">Names the folder.</param>
    /// <exception cref="ModelFolderException">The folder cannot be used.</exception>
    /// <exception cref="GenAIUnavailableException">The library or the provider is not there.</exception>
    /// <exception cref="InvalidOperationException">DirectML has another model loaded.</exception>
    public static GenAITokenModels Load(GenAIConfig config, GenAIOptions options, GenAIProcess process, ModelFolderReport report)
    {
        OrtTelemetry.TurnOff();

        // Newest first, which is the order of release: generator, model, configuration, then what the process has once.
        var owned = new Stack<IDisposable>();
        try
        {
            if (options.Provider == GenAIProvider.DirectML)
            {
                owned.Push(process.DirectML.Take(report.Folder));
            }

            GenAITokenModels models = Open(config, options, process, owned, report.Folder);
            ITokenModel probed = models.Rent([], 0);
            GenAIProbe.Check(probed, config.ModelFile, report);
            models.Return(probed);
            report.ThrowIfAny();
            return models;
        }
        catch (Exception error)
        {
            Release(owned);
            if (LoadFailure.IsMissingLibrary(error))
            {
                throw LoadFailure.MissingLibrary(error, options.Provider);
            }

            if (process.Library.IsFault(error))
            {
                throw LoadFailure.Refusal(error, options.Provider, config.ModelFile, report);
            }

            throw;
        }
    }

    private static GenAITokenModels Open(GenAIConfig config, GenAIOptions options, GenAIProcess process, Stack<IDisposable> owned, string folder)
    {
        if (options.ShutDownAtExit)
        {
            owned.Push(process.Use.Enter());
        }

        ProviderTraits traits = ProviderTraits.Of(options.Provider);
        IGenAIConfig settings = Own(process.Library.OpenConfig(folder), owned);
        ProviderSetup.Apply(settings, traits, options);
        IGenAIModel model = Own(process.Library.LoadModel(settings), owned);

        // One token less than the library is told, so that no sequence ever ends at its limit, where versions differ.
        int maxLength = Math.Min(config.ContextLength, options.MaxContextTokens);
        IDisposable[] below = [.. owned];
        var slot = Own(new GeneratorSlot(model, maxLength, options.RecreateGenerator), owned);
        return new GenAITokenModels(new GenAIPlace(slot, traits, maxLength - 1, config.VocabularySize, options.ChunkTokens), below);
    }

    private static T Own<T>(T thing, Stack<IDisposable> owned)
        where T : IDisposable
    {
        owned.Push(thing);
        return thing;
    }

    private static void Release(Stack<IDisposable> owned)
    {
        while (owned.TryPop(out IDisposable? thing))
        {
            thing.Dispose();
        }
    }
}
